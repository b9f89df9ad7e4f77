/** The first client of which it was seen that it shows its prompt while our answer is open. */
const SEEN = [2, 1, 330];

type Client = { entrypoint: string | null; version: string | null };

/**
 * Whether the client shows its own prompt while it waits for our answer, so that waiting costs the
 * person at the terminal nothing: the interactive one does. `claude -p` has no prompt and waits.
 * Null while the transcript hasn't told which client it is.
 */
export function showsOwnPrompt(session: Client | null): boolean | null {
  if (session === null || session.entrypoint === null || session.version === null) return null;
  if (session.entrypoint !== 'cli') return false;
  const version = session.version.split('.').map(Number);
  const differs = SEEN.findIndex((part, index) => version[index] !== part);
  return differs === -1 || (version[differs] ?? 0) > (SEEN[differs] ?? 0);
}
