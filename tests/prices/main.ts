import { parseArgs } from 'node:util';
import { pricedModels } from '@claude-optimizer/core';
import { CLAUDE_CODE_VERSION, installClaude } from '../claude/install.js';
import { checkModel, type ModelCheck } from './check-model.js';

const HELP = `Runs the real Claude Code against a stand-in of the model API, for each Claude model that the
price table knows, with one kind of token at a time, and compares its total_cost_usd with ours.

  npm run prices:check                      all models (some minutes)
  npm run prices:check -- --model NAME      one of them; may be repeated
  npm run prices:check -- --json            as JSON

The exit code is 1 when a price differs.`;

/** So many clients run at a time. */
const AT_ONCE = 3;

const { values } = parseArgs({
  options: {
    model: { type: 'string', multiple: true },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) console.log(HELP);
else process.exitCode = await check(values.model ?? pricedModels(), values.json);

async function check(models: string[], json: boolean): Promise<number> {
  const installed = await installClaude();
  if (installed.binary === null) throw new Error(`no Claude Code: ${installed.reason}`);
  console.error(`Claude Code ${CLAUDE_CODE_VERSION}, ${String(models.length)} models`);
  const checks: ModelCheck[] = [];
  const queue = [...models];
  const work = async () => {
    for (let model = queue.shift(); model !== undefined; model = queue.shift()) {
      const found = await checkModel(installed.binary, model);
      checks.push(found);
      console.error(
        `${String(checks.length).padStart(3)} of ${String(models.length)}  ${lineOf(found)}`,
      );
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  checks.sort((a, b) => (a.model < b.model ? -1 : 1));
  const differing = checks.filter(({ state }) => state === 'differs');
  const same = checks.filter(({ state }) => state === 'same').length;
  if (json) console.log(JSON.stringify({ version: CLAUDE_CODE_VERSION, checks }, null, 2));
  else {
    for (const found of checks) console.log(lineOf(found));
    const [differ, all] = [String(differing.length), String(checks.length)];
    console.log(`\n${String(same)} as the client bills them, ${differ} differ, of ${all}`);
  }
  return differing.length === 0 ? 0 : 1;
}

function lineOf({ model, state, note, kinds }: ModelCheck): string {
  const wrong = kinds
    .filter(({ ours, client }) => ours !== client)
    .map(({ kind, ours, client }) => `${kind}: ours ${String(ours)}, client ${String(client)}`);
  return [model.padEnd(32), state, note, ...wrong].filter((part) => part !== '').join('  ');
}
