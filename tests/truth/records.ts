/** A JSON object of which nothing is known. */
export type Json = Record<string, unknown>;

/** The object in a field; undefined for anything else. */
export function child(value: Json | undefined, key: string): Json | undefined {
  return asJson(value?.[key]);
}

/** The non-empty text in a field. */
export function text(value: Json | undefined, key: string): string | undefined {
  const found = value?.[key];
  return typeof found === 'string' && found !== '' ? found : undefined;
}

/** The objects of a list in a field. */
export function children(value: Json | undefined, key: string): Json[] {
  const found = value?.[key];
  return Array.isArray(found) ? found.map(asJson).filter((one) => one !== undefined) : [];
}

/** A count in a field: whole, not negative, and at most a thousand million, else it is damage. */
export function count(value: Json | undefined, key: string): number {
  const found = value?.[key];
  const isCount = typeof found === 'number' && found > 0 && found <= 1_000_000_000;
  return isCount ? Math.trunc(found) : 0;
}

/** All records of a file, in order: a line holds one, several glued together, or none. */
export function recordsOf(content: string): Json[] {
  return content.split('\n').flatMap(recordsOfLine);
}

function recordsOfLine(line: string): Json[] {
  const clean = line.replace(/^[\uFEFF\0\s]+|[\0\s]+$/gu, '');
  if (!clean.startsWith('{')) return [];
  const whole = parse(clean);
  if (whole) return [whole];
  // Glued: the shortest beginning that ends with a brace and can be read is the first of them.
  for (let end = clean.indexOf('}{'); end !== -1; end = clean.indexOf('}{', end + 1)) {
    const first = parse(clean.slice(0, end + 1));
    if (first) return [first, ...recordsOfLine(clean.slice(end + 1))];
  }
  return [];
}

function parse(line: string): Json | undefined {
  try {
    return asJson(JSON.parse(line));
  } catch {
    // Not JSON, or more than one record.
    return undefined;
  }
}

function asJson(value: unknown): Json | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as Json) : undefined;
}
