const ALLOWED = new Set(['http:', 'https:', 'mailto:']);

/** The address of a link in a transcript; null for one that leads anywhere but to web or mail. */
export function safeAddress(href: string): string | null {
  // Without a base: what stands in a transcript never leads into this page.
  const url = URL.canParse(href) ? new URL(href) : null;
  return url !== null && ALLOWED.has(url.protocol) ? url.href : null;
}
