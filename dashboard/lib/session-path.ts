/** The address of a session's page. */
export function sessionHref(id: string): string {
  return `/sessions/${encodeURIComponent(id)}`;
}

/**
 * The session's id in an address. All session pages are one static file, made for the id `_`:
 * the address is what knows which session it is. Null where there is none.
 */
export function sessionIdOf(pathname: string): string | null {
  const part = /^\/sessions\/([^/]+)\/?$/.exec(pathname)?.[1];
  if (part === undefined || part === '_') return null;
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}
