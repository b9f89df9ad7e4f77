/** What may start from a calendar, and how it is said. */
export const TRUSTS = [
  ['automatic', 'starts by itself'],
  ['confirm', 'asks once per content'],
  ['always', 'asks before every run'],
] as const;
