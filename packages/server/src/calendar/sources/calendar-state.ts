import type {
  CalendarSourceSettings,
  CalendarState,
  Plan,
  PlanProblem,
} from '@claude-optimizer/protocol';
import type { CalendarFetch } from '@claude-optimizer/store';
import { OWN } from './own.js';

type Found = { plans: readonly Plan[]; problems: readonly PlanProblem[]; writable: boolean };

/** So many are told of a calendar; all of them stand in the audit trail. */
const MOST_REFUSED = 20;

/** A source as the person sees it; `settings` null is our own schedule. */
export function stateOf(
  settings: CalendarSourceSettings | null,
  fetch: CalendarFetch | null,
  { plans, problems, writable }: Found,
): CalendarState {
  const enabled = settings?.enabled ?? true;
  return {
    id: settings?.id ?? OWN,
    kind: settings?.kind ?? OWN,
    name: settings?.name ?? 'Own schedule',
    trust: settings?.trust ?? 'automatic',
    enabled,
    writable: writable && enabled,
    place: placeOf(settings),
    state: !enabled ? 'off' : lifeOf(fetch),
    fetchedAt: fetch?.fetchedAt ?? null,
    changedAt: fetch?.changedAt ?? null,
    error: enabled ? (fetch?.error ?? null) : null,
    failures: fetch?.failures ?? 0,
    plans: plans.length,
    problems: problems.length + plans.filter((plan) => plan.problems.length > 0).length,
    refused: problems.slice(0, MOST_REFUSED),
    settings,
  };
}

function lifeOf(fetch: CalendarFetch | null): 'new' | 'ok' | 'failing' {
  if (typeof fetch?.error === 'string') return 'failing';
  return typeof fetch?.fetchedAt === 'number' ? 'ok' : 'new';
}

/** Where it is read from; the address of an ics-url is a secret and not in the settings. */
function placeOf(settings: CalendarSourceSettings | null): string {
  switch (settings?.kind) {
    case undefined:
      return 'here';
    case 'ics-file':
      return settings.path ?? '';
    case 'ics-url':
      return settings.serverUrl ?? 'a private address';
    case 'caldav':
      return settings.serverUrl ?? '';
    case 'google':
      return settings.username ?? 'Google';
  }
}
