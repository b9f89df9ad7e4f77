/** The first client of which it was seen that it shows its prompt while our answer is open. */
const SEEN = [2, 1, 330];

/**
 * Whether the client shows its own prompt while it waits for our answer, so that waiting costs the
 * person at the terminal nothing: the interactive one does. `claude -p` has no prompt and waits.
 */
export function showsOwnPrompt(
  session: { entrypoint: string | null; version: string | null } | null,
): boolean {
  if (session?.entrypoint !== 'cli' || session.version === null) return false;
  const version = session.version.split('.').map(Number);
  const differs = SEEN.findIndex((part, index) => version[index] !== part);
  return differs === -1 || (version[differs] ?? 0) > (SEEN[differs] ?? 0);
}
