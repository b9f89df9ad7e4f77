import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { planTitle } from '@claude-optimizer/core/plan';
import { wallTime } from '@claude-optimizer/core/schedule';
import { OptimizerError, type Entry } from '@claude-optimizer/protocol';
import { openPlanStore } from '@claude-optimizer/store';
import type { Config } from '../../config/config.js';
import { PLANS_FILE } from '../../config/data-dir.js';
import { PersonSettings } from '../../config/person-settings.js';
import { writeCalendar } from '../ics/write-calendar.js';
import { openSource } from '../sources/open-source.js';
import { Secrets } from '../sources/secrets.js';
import { uidOf } from './entry-uid.js';
import type { ProposedSession } from './propose-sessions.js';

/** Writes proposed sessions into our own schedule; a running daemon reads it with its next look. */
export async function planSessions(
  { dataDir }: Pick<Config, 'dataDir'>,
  sessions: readonly ProposedSession[],
): Promise<void> {
  const store = await openPlanStore(path.join(dataDir, PLANS_FILE));
  try {
    for (const session of sessions) await store.putEntry(entryOf(session));
  } finally {
    await store.close();
  }
}

/** Writes proposed sessions as a new calendar file. Throws `conflict` where there is one already. */
export function writeSessions(
  file: string,
  sessions: readonly ProposedSession[],
  now: number,
): void {
  try {
    writeFileSync(file, writeCalendar(sessions.map(entryOf), { now }), { flag: 'wx' });
  } catch (cause) {
    throw new OptimizerError('conflict', `${file} can't be written.`, {
      fix: 'Name a file that is not there yet, in a folder of yours.',
      cause,
    });
  }
}

/**
 * Adds proposed sessions as events to a calendar that can be written. Throws `not_found`,
 * `forbidden` for one that is only read, or why it can't be written.
 */
export async function addToCalendar(
  { dataDir }: Pick<Config, 'dataDir'>,
  id: string,
  sessions: readonly ProposedSession[],
  now: number,
): Promise<void> {
  const { sources } = new PersonSettings(dataDir).read().calendar;
  const settings = sources.find((source) => source.id === id);
  if (!settings) {
    throw new OptimizerError('not_found', `There is no calendar ${JSON.stringify(id)}.`, {
      fix: 'claude-optimizer calendar sources lists those that there are; a file ends in .ics.',
    });
  }
  const source = openSource(settings, new Secrets(dataDir), () => now);
  try {
    // As it is now, so that nothing is written into what can't be read.
    await source.fetch('');
    if (!source.writable || !source.write) {
      throw new OptimizerError('forbidden', `The calendar ${settings.name} is only read.`, {
        fix: 'Write to a single .ics file, to CalDAV or to your own schedule.',
      });
    }
    for (const entry of sessions.map(entryOf)) {
      const ics = writeCalendar([entry], { now });
      await source.write({ uid: uidOf(entry.id), ics, ref: null, etag: null });
    }
  } finally {
    await source.close();
  }
}

function entryOf(session: ProposedSession): Entry {
  const { order, startsAt, duration, zone } = session;
  return {
    ...order,
    id: randomUUID(),
    title: planTitle(order),
    startsAt: wallTime(startsAt, zone).slice(0, 16),
    minutes: duration.minutes,
    zone,
    rule: null,
    except: [],
    revision: 0,
  };
}
