import { isOutputIncomplete, USAGE_SLOT_MS } from '@claude-optimizer/protocol';
import type BetterSqlite3 from 'better-sqlite3';
import { sql, type Kysely, type Selectable } from 'kysely';
import type { UsageQuery, UsageSum } from '../store.js';
import { isOfProject } from './read-reports.js';
import type { Database } from './schema.js';

type Slot = Selectable<Database['usage_slots']>;
type Response = Pick<
  Selectable<Database['usage']>,
  | 'session_key'
  | 'model'
  | 'at'
  | 'input'
  | 'output'
  | 'cache_write_5m'
  | 'cache_write_1h'
  | 'cache_read'
  | 'cost'
  | 'basis'
  | 'stopped'
>;

const COUNTS = [
  'input',
  'output',
  'cache_write_5m',
  'cache_write_1h',
  'cache_read',
  'messages',
  'cost',
  'unpriced_messages',
  'unpriced_tokens',
  'estimated_messages',
  'incomplete_messages',
] as const;

/** What the responses of one commit change in the sums by slot. */
export class SlotChanges {
  readonly #slots = new Map<string, Slot>();

  /** Adds a response, or with `sign` -1 takes one away that another replaces. */
  add(row: Response, sign: 1 | -1): void {
    const at = row.at - (row.at % USAGE_SLOT_MS);
    const id = `${String(at)} ${String(row.session_key)} ${row.model}`;
    const slot = this.#slots.get(id) ?? emptySlot(at, row);
    this.#slots.set(id, slot);
    const tokens =
      row.input + row.output + row.cache_write_5m + row.cache_write_1h + row.cache_read;
    const isUnpriced = row.cost === null;
    slot.input += sign * row.input;
    slot.output += sign * row.output;
    slot.cache_write_5m += sign * row.cache_write_5m;
    slot.cache_write_1h += sign * row.cache_write_1h;
    slot.cache_read += sign * row.cache_read;
    slot.messages += sign;
    slot.cost += sign * (row.cost ?? 0);
    slot.unpriced_messages += isUnpriced ? sign : 0;
    slot.unpriced_tokens += isUnpriced ? sign * tokens : 0;
    slot.estimated_messages += row.basis === 'estimate' ? sign : 0;
    slot.incomplete_messages += isOutputIncomplete(row.output, row.stopped === 1) ? sign : 0;
  }

  /** What is to be added to each slot. */
  changes(): IterableIterator<Slot> {
    return this.#slots.values();
  }
}

function emptySlot(at: number, { session_key, model }: Response): Slot {
  const nothing = Object.fromEntries(COUNTS.map((count) => [count, 0])) as Record<
    (typeof COUNTS)[number],
    number
  >;
  return { at, session_key, model, ...nothing };
}

/** Prepares the addition of a change to its slot. */
export function prepareSlotUpdate(db: BetterSqlite3.Database): (slot: Slot) => void {
  const columns = ['at', 'session_key', 'model', ...COUNTS] as const;
  const statement = db.prepare(
    `insert into usage_slots (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})
     on conflict do update set ${COUNTS.map((name) => `${name} = ${name} + excluded.${name}`).join(', ')}`,
  );
  return (slot) => {
    statement.run(columns.map((column) => slot[column]));
  };
}

const SUMS = sql.join(COUNTS.map((name) => sql`sum(slots.${sql.ref(name)}) as ${sql.ref(name)}`));

type SumRow = Omit<Slot, 'at' | 'session_key' | 'model'> & {
  day?: number;
  slot?: number;
  model?: string;
  project?: string | null;
  session?: string;
};

/**
 * Sums of usage by the wanted keys, from the slots alone. `periods` cut the time into stretches of
 * one offset from UTC each, so that a local day is whole also where the clocks change.
 */
export async function usageSums(db: Kysely<Database>, query: UsageQuery): Promise<UsageSum[]> {
  const sums: UsageSum[] = [];
  for (const period of query.periods) {
    const { rows } = await sumsOfPeriod(query, period).execute(db);
    sums.push(...rows.map(sumOf));
  }
  return sums;
}

function sumsOfPeriod(
  { by, project, model }: UsageQuery,
  { from, to, offsetMs }: UsageQuery['periods'][number],
) {
  const keys = {
    // Bound as a real number it wouldn't divide into whole days.
    day: sql`(slots.at + cast(${offsetMs} as integer)) / 86400000`,
    slot: sql`slots.at`,
    model: sql`slots.model`,
    project: sql`sessions.project`,
    session: sql`sessions.id`,
  };
  const columns = sql.join([...by.map((key) => sql`${keys[key]} as ${sql.ref(key)}`), SUMS]);
  const needsSessions = project !== undefined || by.includes('project') || by.includes('session');
  const join = needsSessions ? sql`inner join sessions on sessions.key = slots.session_key` : sql``;
  const conditions = [
    sql`slots.at >= ${from}`,
    sql`slots.at < ${to}`,
    ...(model === undefined ? [] : [sql`slots.model = ${model}`]),
    ...(project === undefined ? [] : [isOfProject(project)]),
  ];
  const groups = by.length === 0 ? sql`` : sql`group by ${sql.join(by.map((key) => keys[key]))}`;
  return sql<SumRow>`select ${columns} from usage_slots slots ${join}
    where ${sql.join(conditions, sql` and `)} ${groups} having sum(slots.messages) > 0`;
}

function sumOf(row: SumRow): UsageSum {
  return {
    day: row.day ?? null,
    slot: row.slot ?? null,
    model: row.model ?? null,
    project: row.project ?? null,
    sessionId: row.session ?? null,
    inputTokens: row.input,
    outputTokens: row.output,
    cacheWrite5mTokens: row.cache_write_5m,
    cacheWrite1hTokens: row.cache_write_1h,
    cacheReadTokens: row.cache_read,
    messages: row.messages,
    costPicodollars: row.cost,
    unpricedMessages: row.unpriced_messages,
    unpricedTokens: row.unpriced_tokens,
    estimatedMessages: row.estimated_messages,
    incompleteMessages: row.incomplete_messages,
  };
}
