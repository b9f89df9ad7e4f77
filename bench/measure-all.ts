import fs from 'node:fs';
import path from 'node:path';
import { startDaemon, type Daemon } from '../tests/support/daemon.js';
import { openChromium } from './chromium.js';
import type { Figure } from './figures.js';
import { titleOf } from './live-order.js';
import { newSessions, writeLive } from './live-sessions.js';
import { measureConversation } from './measure-conversation.js';
import { measureFirst } from './measure-first.js';
import { measureHooks } from './measure-hooks.js';
import { measureLine } from './measure-line.js';
import { comparePeers, isComparison } from './measure-peers.js';
import { measureLive } from './measure-live.js';
import { measurePage } from './measure-page.js';
import { measurePaint } from './measure-paint.js';
import { measureReplay } from './measure-replay.js';
import { measureReady } from './measure-ready.js';
import { measureSessions } from './measure-sessions.js';
import { measureCommands, measureRestart } from './measure-starts.js';
import { memoryOf } from './memory.js';
import { tellsProcessor } from './processor.js';
import { SIZES, type Options, type Part } from './options.js';
import { writeTree } from './tree.js';
import type { Undo } from './undo.js';

const INDEX_PATIENCE_MS = 10 * 60_000;
/** Sessions written today before the daemon is started again. */
const TODAY = 8;
const TODAY_SECONDS = 4;

type Start = (port?: number) => Promise<Daemon>;

/** Runs the chosen parts one after another against the built daemon. */
export async function measureAll(options: Options, undo: Undo): Promise<Figure[]> {
  const { parts, seconds } = options;
  const wants = (part: Part): boolean => parts.includes(part);
  const hooks = wants('hooks') ? await hooksAlone(seconds, undo) : [];
  const replay = wants('replay') ? await replayAlone(undo) : [];
  const conversation = wants('conversation') ? await measureConversation(undo) : [];
  const alone = [...hooks, ...replay, ...conversation];
  if (parts.every(needsNoTree)) return alone;
  const tree = options.tree ?? generateTree(options.size, undo);
  const compared = await comparePeers(parts, tree, undo);
  const lines = wants('line') ? await linesOn(tree, undo) : [];
  const figures = [...alone, ...compared, ...lines];
  if (parts.every((part) => hasItsOwnDaemons(part))) return figures;
  const liveDir = undo.folder('live');
  const dataDir = undo.folder('data');
  const start: Start = (port = 0) =>
    startDaemon({ claudeDir: `${tree},${liveDir}`, dataDir, port }, undo.defer);

  const today = newSessions(liveDir, TODAY);
  await writeLive(today, TODAY_SECONDS, undo.defer);
  if (wants('first')) figures.push(...(await measureCold(`${tree},${liveDir}`, today, undo)));
  if (parts.every((part) => part === 'first' || hasItsOwnDaemons(part))) return figures;
  figures.push(...(await indexCold(start, tree, wants('memory'))));
  const daemon = await start();
  await daemon.ready();
  await daemon.stop();
  if (wants('ready')) {
    console.log('ready: starts of an indexed daemon');
    figures.push(
      ...(await measureReady(
        start,
        today.map(({ sessionId }) => sessionId),
      )),
    );
  }
  if (wants('restart')) {
    console.log('restart: starts with nothing changed');
    figures.push(...(await measureRestart(() => start())));
  }
  if (wants('commands')) {
    console.log('commands: report and status line from the store');
    figures.push(...measureCommands(`${tree},${liveDir}`, dataDir));
  }
  figures.push(...(await measureRunning(await start(), { today, liveDir, seconds, wants, undo })));
  return figures;
}

function hooksAlone(seconds: number, undo: Undo): Promise<Figure[]> {
  console.log(`hooks: a load generator for ${String(seconds)} s`);
  return measureHooks(seconds, undo);
}

const needsNoTree = (part: Part): boolean =>
  part === 'hooks' || part === 'replay' || part === 'conversation';

const hasItsOwnDaemons = (part: Part): boolean =>
  part === 'line' || isComparison(part) || needsNoTree(part);

/** Against a tree of size S, whatever the size of the other. */
async function linesOn(tree: string, undo: Undo): Promise<Figure[]> {
  if (!tellsProcessor()) {
    console.log('line: left out, only Linux tells the processor time of a process exactly');
    return [];
  }
  const small = generateTree('S', undo);
  console.log('line: one line more, in turns to a small and a large history');
  return measureLine(small, tree, undo);
}

async function replayAlone(undo: Undo): Promise<Figure[]> {
  console.log('replay: steps in a long session');
  const browser = await openChromium(undo);
  const figures = await measureReplay(browser, undo);
  await browser?.close();
  return figures;
}

async function measureCold(
  claudeDir: string,
  today: ReturnType<typeof newSessions>,
  undo: Undo,
): Promise<Figure[]> {
  console.log('first: cold starts until the figures of today');
  const browser = await openChromium(undo);
  const startFresh = (port: number) =>
    startDaemon({ claudeDir, dataDir: undo.folder('fresh'), port }, undo.defer);
  const ids = today.map(({ sessionId }) => sessionId);
  const figures = await measureFirst(startFresh, ids, browser);
  await browser?.close();
  return figures;
}

async function measureRunning(
  daemon: Daemon,
  given: {
    today: ReturnType<typeof newSessions>;
    liveDir: string;
    seconds: number;
    wants: (part: Part) => boolean;
    undo: Undo;
  },
): Promise<Figure[]> {
  const { today, liveDir, seconds, wants, undo } = given;
  const figures: Figure[] = [];
  await daemon.ready();
  const needsBrowser = wants('page') || wants('paint') || wants('sessions');
  const browser = needsBrowser ? await openChromium(undo) : null;
  if (browser && wants('page')) {
    console.log('page: first views in Chromium');
    const title = titleOf(today[0]?.sessionId ?? '');
    figures.push(...(await measurePage(browser, daemon.url, title)));
  }
  if (wants('sessions')) {
    console.log('sessions: lists and searches, and how they are painted');
    figures.push(...(await measureSessions(daemon.url, browser)));
  }
  if (browser && wants('paint')) {
    console.log(`paint: ${String(seconds)} s in Chromium`);
    figures.push(...(await measurePaint(browser, daemon.url, liveDir, seconds, undo)));
  }
  await browser?.close();
  for (const sessions of wants('live') ? [1, 10, 50] : []) {
    console.log(`live: ${String(sessions)} sessions written for ${String(seconds)} s`);
    figures.push(...(await measureLive(daemon.url, liveDir, sessions, seconds, undo)));
  }
  if (wants('memory')) figures.push(...memoryFigures(daemon, 'after the other parts'));
  await daemon.stop();
  return figures;
}

async function indexCold(start: Start, tree: string, withMemory: boolean): Promise<Figure[]> {
  console.log('index: everything for the first time');
  const megabytes = transcriptBytes(tree) / 1e6;
  const began = performance.now();
  const daemon = await start();
  await daemon.ready(INDEX_PATIENCE_MS);
  const seconds = (performance.now() - began) / 1_000;
  const part = `cold index of ${megabytes.toFixed(0)} MB`;
  const figures: Figure[] = [
    { part, what: 'start → ready', value: seconds, unit: 's' },
    { part, what: 'speed', value: megabytes / seconds, unit: 'MB/s' },
    ...(withMemory ? memoryFigures(daemon, 'after the cold index') : []),
  ];
  await daemon.stop();
  return figures;
}

function memoryFigures(daemon: Daemon, when: string): Figure[] {
  const memory = memoryOf(daemon.pid);
  if (memory === null) return [];
  const part = 'memory';
  return [
    { part, what: `${when}, resident`, value: memory.now, unit: 'MiB', target: 200 },
    { part, what: `${when}, peak so far`, value: memory.peak, unit: 'MiB' },
  ];
}

function generateTree(size: Options['size'], undo: Undo): string {
  const { sessions, megabytes } = SIZES[size];
  console.log(`tree ${size}: ${String(sessions)} sessions, about ${String(megabytes)} MB`);
  const folder = undo.folder('tree');
  writeTree(folder, { sessions, megabytes });
  return folder;
}

function transcriptBytes(tree: string): number {
  return fs
    .readdirSync(path.join(tree, 'projects'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.jsonl'))
    .reduce((sum, name) => sum + fs.statSync(path.join(tree, 'projects', name)).size, 0);
}
