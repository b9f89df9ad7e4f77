import { parseArgs } from 'node:util';
import { fuzz } from './fuzz.js';

/** One store for so many lines; each chunk can be repeated by its own seed. */
const CHUNK = 20_000;
const HELP = 'npm run fuzz -- [--lines N (1,000,000)] [--seed N (the time)]';

const { values } = parseArgs({
  options: { lines: { type: 'string', default: '1000000' }, seed: { type: 'string' } },
});
const [lines, seed] = [Number(values.lines), Number(values.seed ?? Date.now() % 1e9)];
if (!Number.isInteger(lines) || lines < 1 || !Number.isInteger(seed)) {
  console.error(`--lines and --seed are whole numbers\n${HELP}`);
  process.exit(2);
}

const all = { damaged: 0, untouched: 0, bad: 0, bytes: 0 };
const began = performance.now();
for (let chunk = 0; chunk * CHUNK < lines; chunk += 1) {
  const size = Math.min(CHUNK, lines - chunk * CHUNK);
  const { problems, ...fuzzed } = await fuzz(seed + chunk, size);
  for (const key of ['damaged', 'untouched', 'bad', 'bytes'] as const) all[key] += fuzzed[key];
  const seconds = ((performance.now() - began) / 1_000).toFixed(0);
  const megabytes = (all.bytes / 1e6).toFixed(0);
  console.log(
    `${String(all.damaged)} damaged lines (${String(all.bad)} bad, ${String(all.untouched)} untouched ` +
      `between, ${megabytes} MB) in ${seconds} s`,
  );
  if (problems.length > 0) {
    console.error(
      `FAILED; again with: npm run fuzz -- --lines ${String(size)} --seed ${String(seed + chunk)}`,
    );
    for (const problem of problems.slice(0, 20)) console.error(`  ${problem}`);
    process.exit(1);
  }
}
console.log(`nothing wrong (seed ${String(seed)})`);
