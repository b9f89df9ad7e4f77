type Field = string | number | boolean | null | undefined;

/** Rows as CSV by RFC 4180: a header of the first row's keys, CRLF, empty where nothing is known. */
export function toCsv(rows: readonly Readonly<Record<string, Field>>[]): string {
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = rows.map((row) => keys.map((key) => field(row[key])));
  return [keys.map(field), ...lines].map((line) => `${line.join(',')}\r\n`).join('');
}

function field(value: Field): string {
  const text = value === null || value === undefined ? '' : String(value);
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
