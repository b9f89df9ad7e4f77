import { setTimeout as sleep } from 'node:timers/promises';
import { noticeListSchema, type Notice } from '@claude-optimizer/protocol';
import { readConfig, type Flags } from '@claude-optimizer/server';
import colors from 'picocolors';
import { daemonOf, DaemonClient } from '../daemon-client.js';
import { start } from './start.js';

export type WatchFlags = Flags;

const LOOK_MS = 1_000;

/** Prints what is told of plans and runs until it is ended; runs the daemon where none does. */
export async function watch(flags: WatchFlags): Promise<void> {
  const { dataDir } = readConfig({ flags });
  const known = await daemonOf(dataDir);
  if (known) {
    process.stdout.write(`Following the daemon at ${known.url}\n`);
    await follow(known);
    return;
  }
  await start(flags, ({ url, token }) => {
    follow(new DaemonClient(url, token)).catch((error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    });
  });
}

async function follow(daemon: DaemonClient): Promise<void> {
  const told = new Set<string>();
  for (;;) {
    const { notices } = await daemon.get('/api/notices', noticeListSchema);
    for (const notice of notices.toReversed()) {
      if (told.has(notice.id)) continue;
      told.add(notice.id);
      process.stdout.write(lineOf(notice));
    }
    await sleep(LOOK_MS);
  }
}

function lineOf({ at, level, title, text }: Notice): string {
  const color = { info: colors.cyan, warning: colors.yellow, error: colors.red }[level];
  const time = new Date(at).toLocaleTimeString('en-GB');
  return `${colors.dim(time)}  ${color(title)}  ${text}\n`;
}
