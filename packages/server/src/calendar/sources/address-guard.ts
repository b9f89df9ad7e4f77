import { BlockList, isIP } from 'node:net';

type Range = [address: string, prefix: number];

/** Never a calendar: link-local, cloud metadata, multicast, documentation, reserved. */
const NEVER: Range[] = [
  ['0.0.0.0', 8],
  ['100.100.100.200', 32],
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['2001:db8::', 32],
  ['3fff::', 20],
  ['fd00:ec2::', 32],
  ['fd20:ce::', 32],
];
/** This machine and the networks around it: allowed where the person says so. */
const PRIVATE: Range[] = [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['::1', 128],
  ['fc00::', 7],
];
/** The part of IPv6 that is given out; all else is special. */
const GLOBAL: Range[] = [['2000::', 3]];
/** Teredo and ORCHID, 6to4: tunnels whose far end is another address. */
const TUNNELS: Range[] = [
  ['2001::', 23],
  ['2002::', 16],
];
const [never, around, global, tunnels] = [NEVER, PRIVATE, GLOBAL, TUNNELS].map(listOf) as [
  BlockList,
  BlockList,
  BlockList,
  BlockList,
];
const loopback = listOf([
  ['127.0.0.0', 8],
  ['::1', 128],
]);

/**
 * Whether a calendar may be fetched from this IP address: a public one, or, with `allowPrivate`,
 * one of a private network or this machine. Of IPv4 within IPv6 the IPv4 address counts.
 */
export function mayAsk(address: string, allowPrivate: boolean): boolean {
  const plain = address.replace(/%.*$/, '');
  const inner = embeddedIPv4(plain);
  if (inner !== null) return mayAsk(inner, allowPrivate);
  const family = isIP(plain);
  if (family === 0) return false;
  const type = family === 4 ? 'ipv4' : 'ipv6';
  if (never.check(plain, type)) return false;
  if (around.check(plain, type)) return allowPrivate;
  return type === 'ipv4' || (global.check(plain, type) && !tunnels.check(plain, type));
}

/** Whether an address is this machine's own loopback. */
export function isLoopback(address: string): boolean {
  const plain = embeddedIPv4(address) ?? address;
  const family = isIP(plain);
  return family !== 0 && loopback.check(plain, family === 4 ? 'ipv4' : 'ipv6');
}

/** IPv4 as IPv6 writes it: mapped (`::ffff:0:0/96`), compatible (`::/96`) or NAT64 (`64:ff9b::/96`). */
function embeddedIPv4(address: string): string | null {
  if (isIP(address) !== 6) return null;
  const words = wordsOf(address);
  const head = words.slice(0, 6).join(':');
  if (head !== '0:0:0:0:0:ffff' && head !== '0:0:0:0:0:0' && head !== '64:ff9b:0:0:0:0')
    return null;
  const [high = 0, low = 0] = words.slice(6).map((word) => Number.parseInt(word, 16));
  // Without an address of its own: `::1` and `::`.
  if (head === '0:0:0:0:0:0' && high === 0 && low <= 1) return null;
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/** The eight words of an IPv6 address, in hexadecimal without leading zeros. */
function wordsOf(address: string): string[] {
  // The URL parser writes every form of it as the standard one.
  const standard = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [left = '', right = ''] = standard.split('::');
  const [head, tail] = [left, right].map((part) => (part === '' ? [] : part.split(':')));
  const missing = 8 - (head?.length ?? 0) - (tail?.length ?? 0);
  return [...(head ?? []), ...Array<string>(missing).fill('0'), ...(tail ?? [])];
}

function listOf(ranges: Range[]): BlockList {
  const list = new BlockList();
  for (const [address, prefix] of ranges) {
    list.addSubnet(address, prefix, isIP(address) === 4 ? 'ipv4' : 'ipv6');
  }
  return list;
}
