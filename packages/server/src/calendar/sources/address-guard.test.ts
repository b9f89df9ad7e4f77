import { describe, expect, it } from 'vitest';
import { isLoopback, mayAsk } from './address-guard.js';

describe('addresses that a calendar may be fetched from', () => {
  it.each(['93.184.216.34', '8.8.8.8', '172.32.0.1', '172.15.255.255', '100.128.0.1', '11.0.0.1'])(
    'lets %s',
    (address) => {
      expect(mayAsk(address, false)).toBe(true);
    },
  );
  it.each(['2606:2800:220:1::1', '2a00:1450:4001::1', '::ffff:8.8.8.8', '64:ff9b::808:808'])(
    'lets %s',
    (address) => {
      expect(mayAsk(address, false)).toBe(true);
    },
  );

  it.each([
    ...['127.0.0.1', '127.255.255.254', '10.0.0.1', '10.255.255.255', '172.16.0.1'],
    ...['172.31.255.255', '192.168.0.1', '192.168.255.255', '100.64.0.1', '100.127.255.255'],
    ...['::1', 'fc00::1', 'fdff:ffff::1', '::ffff:127.0.0.1', '::ffff:10.0.0.1'],
    ...['::ffff:7f00:1', '::ffff:c0a8:1', '::127.0.0.1', '64:ff9b::7f00:1', '64:ff9b::a00:1'],
    ...['0:0:0:0:0:ffff:7f00:0001', '0000:0000:0000:0000:0000:0000:0000:0001'],
  ])('lets %s only where the person allows private addresses', (address) => {
    expect(mayAsk(address, false)).toBe(false);
    expect(mayAsk(address, true)).toBe(true);
  });

  it.each([
    ...['169.254.169.254', '169.254.0.1', '100.100.100.200', '168.63.129.16', '0.0.0.0', '0.1.2.3'],
    ...['192.0.0.1', '192.0.2.1', '192.88.99.1', '198.18.0.1', '198.19.255.255', '198.51.100.1'],
    ...['203.0.113.1', '224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255'],
    ...['::', 'fe80::1', 'fe80::1%eth0', 'febf::1', 'fec0::1', 'ff02::1', 'fd00:ec2::254'],
    ...[
      'fd20:ce::254',
      '2001:db8::1',
      '2001::1',
      '2001:10::1',
      '2002:7f00:1::',
      '3fff::1',
      '4000::1',
    ],
    ...['::ffff:169.254.169.254', '::ffff:a9fe:a9fe', '64:ff9b::a9fe:a9fe', '::ffff:0.0.0.0'],
    ...['64:ff9b:1::1', '100::1', 'localhost', '', '1.2.3', '127.1'],
  ])('never lets %s', (address) => {
    expect(mayAsk(address, false)).toBe(false);
    expect(mayAsk(address, true)).toBe(false);
  });

  it('knows this machine', () => {
    expect(['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'].every(isLoopback)).toBe(true);
    expect(['10.0.0.1', '8.8.8.8', 'fc00::1', 'localhost', ''].some(isLoopback)).toBe(false);
  });
});
