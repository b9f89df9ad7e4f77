import type { AbandonedBranch } from '@claude-optimizer/protocol';
import { textAt, type Fields } from '../transcript/fields.js';
import type { Part } from './part.js';

const NONE = -1;
/** Hangs on nothing that was kept: another root, or a record that isn't in the file. */
const APART = -2;

type Role = 'prompt' | 'command' | 'answer' | 'other';

/** How the records of a main thread hang on one another, by their numbers in the file's order. */
export type RecordTree = {
  numbers: Map<string, number>;
  parents: number[];
  roles: Role[];
  /** Records behind a compaction, which hang on what is before it by name alone. */
  jumps: Set<number>;
  /** The last prompt or answer: what it hangs on was kept. */
  leaf: number;
  /** For each passage the record that it stands in; -1 for one without a place in the tree. */
  passages: number[];
};

export function emptyTree(): RecordTree {
  return { numbers: new Map(), parents: [], roles: [], jumps: new Set(), leaf: NONE, passages: [] };
}

/** Takes a record into the tree; its number, or -1 for one without a uuid. */
export function growTree(tree: RecordTree, record: Fields, parts: readonly Part[]): number {
  const uuid = textAt(record, 'uuid');
  if (uuid === null) return NONE;
  const known = tree.numbers.get(uuid);
  if (known !== undefined) return known;
  const own = textAt(record, 'parentUuid');
  const parent = own ?? textAt(record, 'logicalParentUuid');
  const number = tree.parents.push((parent === null ? null : tree.numbers.get(parent)) ?? NONE) - 1;
  if (own === null && parent !== null) tree.jumps.add(number);
  const role = roleOf(record, parts);
  tree.roles.push(role);
  tree.numbers.set(uuid, number);
  if (role === 'prompt' || role === 'answer') tree.leaf = number;
  return number;
}

function roleOf(record: Fields, parts: readonly Part[]): Role {
  const type = textAt(record, 'type');
  if (type === 'assistant') return parts.length > 0 ? 'answer' : 'other';
  if (type !== 'user') return 'other';
  const isTyped = (part: Part) =>
    part.kind === 'prompt' && (part.source === 'typed' || part.source === 'program');
  if (parts.some(isTyped)) return 'prompt';
  return parts.some(({ kind }) => kind === 'command') ? 'command' : 'other';
}

/**
 * The branches that were left when the person went back (Esc Esc) and said something else: what
 * begins with a prompt, hangs on what was kept, and isn't what the last word hangs on, while another
 * prompt is. Results of parallel calls, commands that nobody answered and what was put in while an
 * answer came fork a thread, too, and stay.
 */
export function abandonedBranches(tree: RecordTree): AbandonedBranch[] {
  const roots = rootsOf(tree);
  const said = new Set(
    roots.filter((_, number) => tree.roles[number] === 'prompt' || tree.roles[number] === 'answer'),
  );
  const branches: (AbandonedBranch & { root: number })[] = [];
  tree.passages.forEach((number, index) => {
    const root = number === NONE ? NONE : (roots[number] ?? NONE);
    if (root < 0 || !said.has(root)) return;
    const last = branches.at(-1);
    const isNext = last?.root === root && onlyUnplaced(tree, last.from + last.count, index);
    if (last && isNext) last.count = index + 1 - last.from;
    else branches.push({ root, from: index, count: 1 });
  });
  return branches.map(({ from, count }) => ({ from, count }));
}

/** For each record the one with which its abandoned branch begins; negative where it is in none. */
function rootsOf(tree: RecordTree): number[] {
  const { parents, roles, leaf } = tree;
  // Of each record that was kept the next one.
  const next = new Map<number, number>();
  for (let at = leaf, child = NONE; at >= 0 && !next.has(at); at = parents[at] ?? NONE) {
    next.set(at, child);
    child = at;
  }
  const roots: number[] = [];
  const forks: number[] = [];
  parents.forEach((parent, number) => {
    const above = parent < 0 ? APART : (roots[parent] ?? APART);
    const fork = next.has(number) ? number : (forks[parent] ?? NONE);
    forks.push(fork);
    const opens = roles[number] === 'prompt' || roles[number] === 'command';
    const begins = above === NONE && opens && fork >= 0 && goesOnAnew(tree, next, fork);
    if (next.has(number)) roots.push(NONE);
    else roots.push(begins ? number : above);
  });
  return roots;
}

/** Whether what was kept goes on behind a record with another prompt. */
function goesOnAnew({ roles, jumps }: RecordTree, next: Map<number, number>, fork: number) {
  for (let at = next.get(fork) ?? NONE; at >= 0; at = next.get(at) ?? NONE) {
    if (jumps.has(at)) return false;
    const role = roles[at];
    if (role !== 'other') return role === 'prompt' || role === 'command';
  }
  return false;
}

function onlyUnplaced({ passages }: RecordTree, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (passages[at] !== NONE) return false;
  return true;
}
