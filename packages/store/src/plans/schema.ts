import type { Generated } from 'kysely';

/** The tables of plans and runs; times are epoch ms, flags 0 or 1, documents JSON. */
export type PlanDatabase = {
  runs: {
    id: string;
    plan_id: string | null;
    session_id: string | null;
    active: number;
    /** When it was (or will be) started; the order of lists. */
    at: number;
    started_at: number | null;
    revision: number;
    run: string;
  };
  plans: {
    id: string;
    source: string;
    starts_at: number;
    ends_at: number;
    gone: number;
    seen_at: number;
    plan: string;
  };
  busy: { source: string; starts_at: number; ends_at: number };
  fetches: {
    source: string;
    fetched_at: number | null;
    changed_at: number | null;
    error: string | null;
    failures: number;
    memory: string;
  };
  approvals: {
    source: string;
    uid: string;
    /** Empty for the whole series. */
    plan_id: string;
    content_hash: string;
    decision: 'approved' | 'refused';
    at: number;
  };
  entries: { id: string; revision: number; entry: string };
  audit: { id: Generated<number>; at: number; subject: string; action: string; text: string };
};
