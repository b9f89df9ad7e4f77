const BODY = [
  'export async function load{N}(id: string): Promise<{N}> {',
  '  const row = await db.{n}.findUnique({ where: { id }, include: { lines: true } });',
  '  if (row === null) throw new NotFound(`{n} ${id}`);',
  '  return toDomain(row);',
  '}',
  '',
  'const total = lines.reduce((sum, line) => sum + line.price * line.quantity, 0);',
  '/** Prices are in cents; tax is added at checkout only. */',
  'export const {n}Schema = z.object({ id: z.uuid(), cents: z.int(), currency: z.enum(CURRENCIES) });',
  "logger.info({ {n}Id: {n}.id }, '{n} updated');",
  'for (const line of {n}.lines) {',
  '  if (line.quantity <= 0) continue;',
  '  reserved.push(await stock.reserve(line.sku, line.quantity));',
  '}',
  "router.get('/{n}/:id', async (request, reply) => reply.send(await load{N}(request.params.id)));",
  'type {N}Row = Awaited<ReturnType<typeof db.{n}.findMany>>[number];',
];

/** Plausible TypeScript of so many lines for a file that exists only in the demo. */
export function sourceText(path: string, lines: number): string {
  const stem = (path.split('/').at(-1) ?? 'item').replace(/\..*$/, '').replace(/[^a-z]/gi, '');
  const upper = stem.charAt(0).toUpperCase() + stem.slice(1);
  const first = path.length;
  const text: string[] = [];
  for (let n = 0; n < lines; n += 1) {
    const pattern = BODY[(first + n) % BODY.length] ?? '';
    text.push(pattern.replaceAll('{N}', upper).replaceAll('{n}', stem));
  }
  return text.join('\n') + '\n';
}

/** The same as the Read tool shows it: each line with its number. */
export function numbered(text: string): string {
  return text
    .split('\n')
    .map((line, index) => `${String(index + 1)}\t${line}`)
    .join('\n');
}
