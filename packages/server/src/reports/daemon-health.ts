import { healthSchema, type Health } from '@claude-optimizer/protocol';

/** How the daemon at `url` is; null when it doesn't say. */
export async function healthOf(url: string | null): Promise<Health | null> {
  if (url === null) return null;
  const answer: unknown = await fetch(`${url}/api/health`)
    .then((response) => response.json())
    .catch(() => null);
  return healthSchema.safeParse(answer).data ?? null;
}
