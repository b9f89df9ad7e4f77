import type { Plan } from '@claude-optimizer/protocol';

/**
 * Plans that stand in an earlier calendar, too, by id, each with that calendar's source: same UID
 * and occurrence, or same title, start and project. `sources` in order of precedence.
 */
export function findCopies(
  plans: readonly Plan[],
  sources: readonly string[],
): Map<string, string> {
  const rank = (plan: Plan) => {
    const place = sources.indexOf(plan.source);
    return place < 0 ? sources.length : place;
  };
  const firsts = new Map<string, Plan>();
  const copies = new Map<string, string>();
  const ordered = [...plans].sort((a, b) => rank(a) - rank(b) || a.id.localeCompare(b.id));
  for (const plan of ordered) {
    const names = namesOf(plan);
    const first = names.map((name) => firsts.get(name)).find((known) => known !== undefined);
    if (first && first.source !== plan.source) copies.set(plan.id, first.source);
    else for (const name of names) firsts.set(name, firsts.get(name) ?? plan);
  }
  return copies;
}

function namesOf({ uid, recurrence, startsAt, title, project, path }: Plan): string[] {
  return [
    JSON.stringify(['uid', uid, recurrence]),
    JSON.stringify(['text', title.trim().toLowerCase(), startsAt, project ?? path]),
  ];
}
