import type { SessionSummary } from '@claude-optimizer/protocol';

/** The summary's fields that a component shows; it can't read any other. */
export type Shown<F extends readonly (keyof SessionSummary)[]> = Pick<SessionSummary, F[number]>;

/**
 * For `memo`: props are the same when those fields of `summary`, and every other prop, are. The
 * summary is a new object with every event; a component needs to render for few of them.
 */
export function shows<const F extends readonly (keyof SessionSummary)[]>(fields: F) {
  return <P extends { summary: Shown<F> }>(before: P, after: P): boolean =>
    fields.every((field: F[number]) => Object.is(before.summary[field], after.summary[field])) &&
    (Object.keys(after) as (keyof P)[]).every(
      (prop) => prop === 'summary' || Object.is(before[prop], after[prop]),
    );
}
