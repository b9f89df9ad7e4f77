import os from 'node:os';
import fs from 'node:fs';
import { allMet, printFigures, type Figure } from './figures.js';
import { measureAll } from './measure-all.js';
import { HELP, readOptions, type Options } from './options.js';
import { Undo } from './undo.js';

const options = chosenOptions();
if (options === 'help') console.log(HELP);
else process.exitCode = await run(options);

function chosenOptions(): Options | 'help' {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    console.error(HELP);
    process.exit(2);
  }
}

/** Measures and reports; the exit code is 1 when a target was missed. */
async function run(options: Options): Promise<number> {
  const undo = new Undo();
  const stopping = new AbortController();
  const stop = (): void => {
    stopping.abort();
    void undo.all();
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    const figures = await measureAll(options, undo);
    const load = (os.loadavg()[0] ?? 0).toFixed(1);
    console.log(`\nload average ${load} on ${String(os.cpus().length)} cores\n`);
    printFigures(figures);
    if (options.json !== null) writeJson(options.json, options, figures);
    return allMet(figures) ? 0 : 1;
  } catch (error) {
    // What was ended under it fails, of course.
    if (stopping.signal.aborted) return 130;
    throw error;
  } finally {
    await undo.all();
  }
}

function writeJson(file: string, { size, tree, seconds }: Options, figures: Figure[]): void {
  const machine = {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cpus: os.cpus().length,
    cpu: os.cpus()[0]?.model ?? 'unknown',
    loadAverage: os.loadavg()[0] ?? 0,
    memoryGiB: Math.round(os.totalmem() / 2 ** 30),
  };
  const report = {
    at: new Date().toISOString(),
    machine,
    tree: tree === null ? size : 'given',
    seconds,
    figures,
  };
  fs.writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
}
