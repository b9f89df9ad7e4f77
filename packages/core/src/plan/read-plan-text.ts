import type { Order, PlanProblem } from '@claude-optimizer/protocol';
import { readCount, readDuration, readMoney } from './amounts.js';
import { isNear } from './near.js';
import { plainLine, plainLines } from './plain-text.js';

const MOST_OBJECTIVES = 100;
const MOST_CONSTRAINTS = 50;
const LONGEST = { objective: 500, name: 100, path: 1_000 };
const LIMITS = ['budget', 'tokens', 'turns', 'time'] as const;
const KEYS = ['project', 'phase', 'model', ...LIMITS, 'constraint'] as const;
type Key = (typeof KEYS)[number];
const SAME: Readonly<Record<string, Key>> = {
  cost: 'budget',
  'max cost': 'budget',
  minutes: 'time',
  duration: 'time',
  limit: 'budget',
  constraints: 'constraint',
};
const MODEL = /^[A-Za-z0-9][\w.:@/[\]-]{0,99}$/u;

export type PlanText = {
  order: Order;
  problems: PlanProblem[];
  /** What the person wrote besides, an invitation's footer included: it goes nowhere. */
  notes: string[];
};

/**
 * A plan as a person writes it into a calendar: `Claude: project — phase`, keys and `- [ ]`
 * objectives in the description. Null when the title isn't ours. Only what `Order` names can come
 * out; other lines are notes and go nowhere.
 */
export function readPlanText(event: { title: string; description: string }): PlanText | null {
  const title = /^claude\s*:\s*(.*)$/iu.exec(plainLine(event.title))?.[1];
  if (title === undefined) return null;
  const reading = new Reading();
  reading.title(title);
  let isBelow = false;
  for (const line of plainLines(event.description)) {
    isBelow ||= isFooter(line);
    if (isBelow) reading.note(line);
    else reading.line(line);
  }
  return reading.done();
}

/** Where an invitation's own text begins: nothing of the person comes after it. */
function isFooter(line: string): boolean {
  return (
    /^[-_~:.=*]{6,}$/u.test(line) ||
    /^(?:join (?:zoom|with google meet|microsoft teams)|microsoft teams (?:meeting|need help)|zoom meeting)/iu.test(
      line,
    )
  );
}

class Reading {
  readonly #order: Order = {
    ...{ project: null, path: null, phase: null, model: null, objectives: [], constraints: [] },
    limits: { costMicrodollars: null, tokens: null, turns: null, wallMs: null },
  };
  readonly #problems: PlanProblem[] = [];
  readonly #notes: string[] = [];

  note(line: string): void {
    this.#notes.push(line);
  }

  /** `project — phase`, with any dash that stands between spaces. */
  title(text: string): void {
    const [project = '', ...phase] = text.split(/\s+[-–—―]+\s+|\s*[–—―]\s*/u);
    this.#order.project = named(project, LONGEST.name);
    this.#order.phase = named(phase.join(' — '), LONGEST.name);
  }

  line(line: string): void {
    const objective = /^(?:[-*•·‣+]|\d{1,3}[.)])\s*(?:\[[ xX✓]?\]\s*)?(.+)$/u.exec(line)?.[1];
    if (objective !== undefined) {
      this.#objective(objective);
      return;
    }
    const [, key, value] = /^([\p{L} ]{2,20}?)\s*:\s*(.*)$/u.exec(line) ?? [];
    if (key === undefined || value === undefined) {
      this.note(line);
      return;
    }
    const name = key.toLowerCase().trim();
    const known = KEYS.find((one) => one === name) ?? SAME[name];
    if (known) this.#set(known, value.trim());
    else if (!this.#isNear(key, name)) this.note(line);
  }

  done(): PlanText {
    const { project, path, objectives } = this.#order;
    if (project === null && path === null) {
      this.#problem('project', 'It names no project.', 'Write the title as “Claude: my-project”.');
    }
    if (objectives.length === 0) {
      this.#problem(
        'objectives',
        'It has no objective.',
        'Write each as a line “- [ ] Build auth”.',
      );
    }
    return { order: this.#order, problems: this.#problems, notes: this.#notes };
  }

  #objective(text: string): void {
    const { objectives } = this.#order;
    if (objectives.length < MOST_OBJECTIVES) objectives.push(cut(text.trim(), LONGEST.objective));
    else if (objectives.length === MOST_OBJECTIVES) {
      const most = String(MOST_OBJECTIVES);
      if (this.#problems.some(({ field }) => field === 'objectives')) return;
      this.#problem(
        'objectives',
        `It has more than ${most} objectives.`,
        'Make several plans of it.',
      );
    }
  }

  #set(key: Key, value: string): void {
    const order = this.#order;
    switch (key) {
      case 'project':
        if (/^[~/]|^[A-Za-z]:\\/u.test(value)) order.path = cut(value, LONGEST.path);
        else order.project = named(value, LONGEST.name) ?? order.project;
        return;
      case 'phase':
        order.phase = named(value, LONGEST.name) ?? order.phase;
        return;
      case 'model':
        if (MODEL.test(value)) order.model = value;
        else this.#wrong(key, value, 'Use an alias such as sonnet, or the full name of a model.');
        return;
      case 'constraint':
        // As the form for plans of our own has them.
        if (value !== '' && order.constraints.length < MOST_CONSTRAINTS) {
          order.constraints.push(cut(value, LONGEST.objective));
        }
        return;
      case 'budget':
        order.limits.costMicrodollars = this.#amount(key, value, readMoney(value), '$2 or 0.50');
        return;
      case 'tokens':
      case 'turns':
        order.limits[key] = this.#amount(key, value, readCount(value), '200k or 30');
        return;
      case 'time':
        order.limits.wallMs = this.#amount(key, value, readDuration(value), '45 min or 1.5 h');
    }
  }

  #amount(key: Key, value: string, amount: number | null, examples: string): number | null {
    if (amount === null) this.#wrong(key, value, `Write it as ${examples}.`);
    return amount;
  }

  #wrong(key: Key, value: string, fix: string): void {
    this.#problem(key, `${key} is ${JSON.stringify(cut(value, 60))}, which can't be read.`, fix);
  }

  /** A word near to one of ours is most likely meant to be it; any other is a note. */
  #isNear(key: string, name: string): boolean {
    const near = KEYS.find((known) => isNear(name, known));
    if (near) this.#problem(near, `There is no “${cut(key, 30)}”.`, `Did you mean “${near}”?`);
    return near !== undefined;
  }

  #problem(field: string, message: string, fix: string): void {
    this.#problems.push({ field, message, fix });
  }
}

function named(text: string, longest: number): string | null {
  const trimmed = text.trim();
  return trimmed === '' ? null : cut(trimmed, longest);
}

function cut(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest - 1).trimEnd()}…` : text;
}
