import { healthSchema, repricingSchema } from '@claude-optimizer/protocol';
import {
  listPrices,
  previewPrices,
  priceHistory,
  readConfig,
  repriceHere,
  resetPrices,
  updatePrices,
  type Flags,
  type OnRepriced,
  type Repricing,
} from '@claude-optimizer/server';
import { daemonOf, type DaemonClient } from '../daemon-client.js';
import { changesText, pricesText, repricingText } from '../render-prices.js';
import { showProgress } from '../report/progress.js';

export type PriceFlags = Flags & {
  json?: boolean;
  all?: boolean;
  dryRun?: boolean;
  reset?: boolean;
};
const SHOWN = 50;
const LOOK_MS = 500;
/** Less than what Node waits for an answer's head. */
const REPRICE_MS = 290_000;

/** The rates of each model, as a table or JSON. */
export async function list({ json, all = false, ...flags }: PriceFlags): Promise<string> {
  const found = await listPrices(readConfig({ flags }).dataDir, { all, now: Date.now() });
  if (!json) return pricesText(found);
  const { models, library, problem } = found;
  const { provider: _models, ...source } = library ?? { provider: null };
  return asJson({ models, library: library && source, problem });
}

/** Asks for the library's newest prices, or goes back to the built-in ones, and re-prices. */
export async function update(options: PriceFlags): Promise<string> {
  const { json, dryRun = false, reset = false, ...flags } = options;
  const { dataDir } = readConfig({ flags });
  if (reset) {
    const done = !dryRun && resetPrices(dataDir);
    const repricing = done ? await apply(dataDir, 'prices update --reset') : null;
    if (json) return asJson({ reset: done, repricing });
    if (!done) return dryRun ? 'Nothing was changed.\n' : 'The built-in prices stand already.\n';
    return `The built-in prices stand again.\n${repricing ? repricingText(repricing, true) : ''}`;
  }
  const { fresh, preview } = await updatePrices(dataDir, { dryRun, now: Date.now() });
  const repricing = dryRun ? preview : await apply(dataDir, 'prices update');
  if (json) return asJson({ changed: fresh !== null, dryRun, repricing });
  const what = fresh ? `New prices from ${fresh.source}.` : 'The prices here are the newest.';
  return `${what}\n${repricingText(repricing, !dryRun)}`;
}

/** Gives the whole history the prices of now; with `dryRun` only tells what that would change. */
export async function reprice({ json, dryRun = false, ...flags }: PriceFlags): Promise<string> {
  const { dataDir } = readConfig({ flags });
  const done = dryRun ? await previewPrices(dataDir) : await apply(dataDir, 'prices reprice');
  return json ? asJson({ dryRun, ...done }) : repricingText(done, !dryRun);
}

/** When the history got other prices, newest first. */
export async function history({ json, ...flags }: PriceFlags): Promise<string> {
  const changes = await priceHistory(readConfig({ flags }).dataDir, SHOWN);
  return json ? asJson({ changes }) : changesText(changes);
}

/** By the daemon where one runs, as it alone may write then; a terminal is told how far it is. */
async function apply(dataDir: string, reason: string): Promise<Repricing> {
  const progress = showProgress(process.stderr, 'Pricing sessions anew');
  const show: OnRepriced = ({ done, total }) => {
    progress.show({ filesDone: done, filesTotal: total });
  };
  const daemon = await daemonOf(dataDir);
  try {
    if (daemon === null) return await repriceHere(dataDir, reason, show);
    return await repricedBy(daemon, reason, show);
  } finally {
    progress.end();
  }
}

/** A large history takes minutes: it is asked meanwhile how far it is. */
async function repricedBy(
  daemon: DaemonClient,
  reason: string,
  show: OnRepriced,
): Promise<Repricing> {
  const looking = setInterval(() => {
    void daemon.get('/api/health', healthSchema).then(
      ({ pricing }) => {
        if (pricing?.repricing) show(pricing.repricing);
      },
      // What is in the way is said by the answer itself.
      () => undefined,
    );
  }, LOOK_MS);
  try {
    const body = { reason };
    return await daemon.ask('POST', '/api/prices/reprice', repricingSchema, body, REPRICE_MS);
  } finally {
    clearInterval(looking);
  }
}

function asJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
