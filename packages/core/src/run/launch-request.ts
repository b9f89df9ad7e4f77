import type { LimitAction, LimitsOfRun, Order, Run } from '@claude-optimizer/protocol';

/** What is to be started, when and where; whether it may was decided before. */
export type LaunchRequest = {
  order: Order;
  origin: Run['origin'];
  planId: string | null;
  scheduledAt: number | null;
  endsAt: number | null;
  /** The real folder in which it runs. */
  cwd: string;
  limits: LimitsOfRun;
  onLimit: LimitAction;
  /** Instead of the configured one, for a new run. */
  template?: string | undefined;
  /** The stored run that is to be started; a new one is made otherwise. */
  run?: Run;
};
