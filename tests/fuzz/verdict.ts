const GAP = /^[\uFEFF\0\s]+|[\uFEFF\0\s]+$/gu;

/**
 * Whether a line has to be reported as bad, by the format reference: it is anything else than
 * records, one or several glued together, and what a crash or an editor leaves around them.
 */
export function isBad(line: string): boolean {
  const rest = line.replace(GAP, '');
  if (rest === '') return false;
  const whole = parsed(rest);
  if (whole !== undefined) return !isObject(whole);
  // A record ends where the shortest beginning that is one ends.
  for (const { index } of rest.matchAll(/\}(?=[\uFEFF\0\s]*\{)/gu)) {
    const first = parsed(rest.slice(0, index + 1));
    if (first !== undefined) return !isObject(first) || isBad(rest.slice(index + 1));
  }
  return true;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: what the caller asks.
    return undefined;
  }
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
