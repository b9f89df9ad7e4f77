import {
  orderSchema,
  type extendBodySchema,
  type LimitsOfRun,
  type Order,
  type Run,
  type runBodySchema,
  type RunPreview,
  type RunQuery,
} from '@claude-optimizer/protocol';
import type { PlanStore } from '@claude-optimizer/store';
import type * as z from 'zod';
import type { PersonSettings } from '../config/person-settings.js';
import { previewRun } from './preview-run.js';
import type { SessionLauncher } from './session-launcher.js';

type Body = Omit<z.output<typeof runBodySchema>, 'dryRun'>;

type Options = {
  store: Pick<PlanStore, 'run' | 'runs'>;
  launcher: SessionLauncher;
  settings: PersonSettings;
  dataDir: string;
  /** The real folder in which an order may run; throws where it may not. */
  folderOf: (order: Order) => string;
};

/** Runs as the person starts and steers them, from the page or the command line. */
export class RunService {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  list(query: RunQuery): Promise<{ runs: Run[]; nextCursor: string | null }> {
    return this.#options.store.runs(query);
  }

  one(id: string): Promise<Run | null> {
    return this.#options.store.run(id);
  }

  /** Prompt and arguments of what would be started. Throws where it may not run. */
  preview(body: Body): Promise<RunPreview> {
    const { settings, dataDir } = this.#options;
    return previewRun(this.#request(body), settings.read().launcher, dataDir);
  }

  /** Starts a run now. Throws as the project, the caps and the launcher do. */
  start(body: Body): Promise<Run> {
    const { launcher } = this.#options;
    return launcher.launch({
      ...this.#request(body),
      ...{ origin: 'page', planId: null, scheduledAt: null, endsAt: null },
    });
  }

  stop(id: string): Promise<Run> {
    return this.#options.launcher.stop(id, { cause: 'person', reason: 'You stopped it.' });
  }

  extend(id: string, limits: z.output<typeof extendBodySchema>): Promise<Run> {
    const named = Object.entries(limits).filter(([, limit]) => limit !== undefined);
    return this.#options.launcher.extend(id, Object.fromEntries(named));
  }

  message(id: string, text: string): Promise<Run> {
    return this.#options.launcher.message(id, text);
  }

  /** Limits that the person doesn't name are the configured ones. */
  #request({ onLimit, template, ...body }: Body) {
    const { launcher } = this.#options.settings.read();
    const { limits } = launcher;
    const given = orderSchema.parse({
      ...{ project: null, path: null, phase: null, model: null, objectives: [] },
      ...body,
      limits: body.limits ?? {},
    });
    const order = { ...given, limits: withDefaults(given.limits, limits) };
    const cwd = this.#options.folderOf(order);
    return { order, cwd, limits: order.limits, onLimit: onLimit ?? launcher.onLimit, template };
  }
}

/** What isn't limited by itself is limited as configured. */
export function withDefaults(limits: LimitsOfRun, configured: LimitsOfRun): LimitsOfRun {
  return {
    costMicrodollars: limits.costMicrodollars ?? configured.costMicrodollars,
    tokens: limits.tokens ?? configured.tokens,
    turns: limits.turns ?? configured.turns,
    wallMs: limits.wallMs ?? configured.wallMs,
  };
}

/** A calendar may lower what is configured here, never raise it. */
export function lowered(limits: LimitsOfRun, configured: LimitsOfRun): LimitsOfRun {
  const least = (limit: number | null, most: number | null) =>
    limit === null || most === null ? (limit ?? most) : Math.min(limit, most);
  return {
    costMicrodollars: least(limits.costMicrodollars, configured.costMicrodollars),
    tokens: least(limits.tokens, configured.tokens),
    turns: least(limits.turns, configured.turns),
    wallMs: least(limits.wallMs, configured.wallMs),
  };
}
