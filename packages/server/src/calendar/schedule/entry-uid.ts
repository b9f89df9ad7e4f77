/** UID of the calendar object that an entry of our own schedule is written as. */
export function uidOf(entryId: string): string {
  return `${entryId}@claude-optimizer`;
}
