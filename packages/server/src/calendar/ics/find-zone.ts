import { isZone } from '@claude-optimizer/core/schedule';
import { findIana } from 'windows-iana';

/** Outlook's names for people, by their cities; windows-iana knows only those for programs. */
const DISPLAY_NAMES: readonly [words: RegExp, zone: string][] = [
  [/Amsterdam|Berlin|Bern|Rome|Stockholm|Vienna/iu, 'Europe/Berlin'],
  [/Brussels|Copenhagen|Madrid|Paris/iu, 'Europe/Paris'],
  [/Belgrade|Bratislava|Budapest|Ljubljana|Prague/iu, 'Europe/Budapest'],
  [/Sarajevo|Skopje|Warsaw|Zagreb/iu, 'Europe/Warsaw'],
  [/Dublin|Edinburgh|Lisbon|London/iu, 'Europe/London'],
  [/Helsinki|Kyiv|Kiev|Riga|Sofia|Tallinn|Vilnius/iu, 'Europe/Kiev'],
  [/Athens|Bucharest/iu, 'Europe/Bucharest'],
  [/Moscow|St\. Petersburg/iu, 'Europe/Moscow'],
  [/Eastern Time/iu, 'America/New_York'],
  [/Central Time/iu, 'America/Chicago'],
  [/Mountain Time/iu, 'America/Denver'],
  [/Pacific Time/iu, 'America/Los_Angeles'],
  [/Brasilia/iu, 'America/Sao_Paulo'],
  [/Canberra|Melbourne|Sydney/iu, 'Australia/Sydney'],
  [/Brisbane/iu, 'Australia/Brisbane'],
  [/Auckland|Wellington/iu, 'Pacific/Auckland'],
  [/Osaka|Sapporo|Tokyo/iu, 'Asia/Tokyo'],
  [/Beijing|Chongqing|Hong Kong|Urumqi/iu, 'Asia/Shanghai'],
  [/Chennai|Kolkata|Mumbai|New Delhi/iu, 'Asia/Kolkata'],
  [/Kuala Lumpur|Singapore/iu, 'Asia/Singapore'],
  [/Coordinated Universal Time/iu, 'UTC'],
];

/**
 * The IANA zone that a calendar means by a TZID: that very name, one after a prefix, Windows'
 * names, or what the calendar's own VTIMEZONE says of where it is. Null when nobody knows it.
 */
export function findZone(tzid: string, vtimezones: readonly string[]): string | null {
  const plain = tzid.replace(/^"|"$/gu, '').trim();
  const named = [plain, locationOf(plain, vtimezones)].filter((name) => name !== null);
  for (const name of named) {
    if (isZone(name)) return name;
    // As `/freeassociation.sourceforge.net/Europe/Berlin` and `/citadel.org/20260101_1/Asia/Tokyo`.
    const tail = /([A-Z][A-Za-z_]+(?:\/[A-Z][A-Za-z_+-]+){1,2})$/u.exec(name)?.[1];
    if (tail !== undefined && isZone(tail)) return tail;
    const [windows] = findIana(name);
    if (windows !== undefined) return windows;
  }
  if (/^(?:UTC|GMT|Z)$/iu.test(plain)) return 'UTC';
  return DISPLAY_NAMES.find(([words]) => words.test(plain))?.[1] ?? fixedOffset(plain, vtimezones);
}

function locationOf(tzid: string, vtimezones: readonly string[]): string | null {
  const zone = ownZone(tzid, vtimezones);
  return /^(?:X-LIC-LOCATION|TZID-ALIAS-OF):(.+)$/imu.exec(zone ?? '')?.[1]?.trim() ?? null;
}

/** A zone of the calendar's own that never changes its clocks. */
function fixedOffset(tzid: string, vtimezones: readonly string[]): string | null {
  const zone = ownZone(tzid, vtimezones);
  if (zone === null || /^BEGIN:DAYLIGHT/imu.test(zone)) return null;
  const [, sign, hours, minutes] = /^TZOFFSETTO:([+-])(\d\d)(\d\d)/imu.exec(zone) ?? [];
  return hours === undefined ? null : `${sign ?? '+'}${hours}:${minutes ?? '00'}`;
}

function ownZone(tzid: string, vtimezones: readonly string[]): string | null {
  return vtimezones.find((text) => /^TZID:(.*)$/imu.exec(text)?.[1]?.trim() === tzid) ?? null;
}
