import type { Entry, EntryBody, Order, Plan, PlanEdit } from '@claude-optimizer/protocol';
import { localText } from './local-time';
import { readRule, ruleOf, type Repetition } from './repetition';

const HOUR = 3_600_000;

/** An entry as its form holds it: lines as they are typed, a repetition in its parts. */
export type EntryDraft = {
  order: Order;
  startsAt: string;
  minutes: number | null;
  zone: string;
  repetition: Repetition;
};

const NO_LIMITS = { costMicrodollars: null, tokens: null, turns: null, wallMs: null };

/** A new entry at the next full hour. */
export function newDraft(now: number, zone: string): EntryDraft {
  return {
    order: {
      ...{ project: null, path: null, phase: null, model: null },
      ...{ limits: NO_LIMITS, objectives: [], constraints: [] },
    },
    startsAt: localText(Math.ceil((now + 1) / HOUR) * HOUR, zone),
    minutes: 60,
    zone,
    repetition: readRule(null),
  };
}

/** An entry as it is stored. */
export function draftOf(entry: Entry): EntryDraft {
  const { project, path, phase, model, limits, objectives, constraints } = entry;
  return {
    order: { project, path, phase, model, limits, objectives, constraints },
    startsAt: entry.startsAt,
    minutes: entry.minutes,
    zone: entry.zone,
    repetition: readRule(entry.rule),
  };
}

/** A plan of another calendar: this one alone, by the clock here. */
export function draftOfPlan(plan: Plan, zone: string): EntryDraft {
  const { project, path, phase, model, limits, objectives, constraints } = plan;
  const minutes = plan.allDay ? 60 : Math.round((plan.endsAt - plan.startsAt) / 60_000);
  return {
    order: { project, path, phase, model, limits, objectives, constraints },
    startsAt: localText(plan.startsAt, zone),
    ...{ minutes, zone, repetition: readRule(null) },
  };
}

/** What is sent to change a plan of another calendar. */
export function editOf(draft: EntryDraft): Omit<PlanEdit, 'seen'> {
  const { order, startsAt, minutes } = draft;
  return {
    ...order,
    objectives: lines(order.objectives),
    constraints: lines(order.constraints),
    startsAt: new Date(startsAt).getTime(),
    minutes: minutes ?? 60,
  };
}

const lines = (texts: readonly string[]) => texts.map((text) => text.trim()).filter(Boolean);

/** What is sent; not yet checked. */
export function bodyOf({ order, startsAt, minutes, zone, repetition }: EntryDraft): EntryBody {
  return {
    ...order,
    objectives: lines(order.objectives),
    constraints: lines(order.constraints),
    startsAt,
    minutes: minutes ?? 60,
    zone: zone.trim(),
    rule: ruleOf(repetition),
  };
}

/** The entry of our own schedule that a plan comes from. */
export function entryIdOf({ uid }: Pick<Plan, 'uid'>): string {
  return uid.replace(/@claude-optimizer$/, '');
}
