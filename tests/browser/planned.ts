import fs from 'node:fs';
import path from 'node:path';
import {
  scheduleSchema,
  TOKEN_HEADER,
  type EntryBody,
  type SettingsBody,
} from '@claude-optimizer/protocol';
import { type Defer, tempFolder } from '../support/cleanup.js';
import { startDaemon, type Daemon } from '../support/daemon.js';
import { until } from '../support/until.js';

const DAY = 86_400_000;
export const ZONE = 'Europe/Berlin';

/** Midnight UTC of a Wednesday of next week or the week after: never on the edge of a week shown. */
export function aWednesday(now = Date.now()): string {
  const days = ((3 - new Date(now).getUTCDay() + 7) % 7) + 7;
  return new Date(now + days * DAY).toISOString().slice(0, 10);
}

/** A daemon with a registered project, and what the person has set besides. */
export async function startPlanning(settings: SettingsBody, defer: Defer) {
  const [claudeDir, dataDir] = [path.join(tempFolder(defer), '.claude'), tempFolder(defer)];
  const folder = path.join(fs.realpathSync(tempFolder(defer)), 'shop');
  fs.mkdirSync(path.join(claudeDir, 'projects'), { recursive: true });
  fs.mkdirSync(folder);
  const config: SettingsBody = {
    projects: [{ name: 'shop', path: folder }],
    notifications: { desktop: false },
    ...settings,
  };
  fs.writeFileSync(path.join(dataDir, 'config.json'), JSON.stringify(config), { mode: 0o600 });
  const daemon = await startDaemon({ claudeDir, dataDir }, defer);
  await daemon.ready();
  return { daemon, folder, dataDir };
}

export const entry = (day: string, more: Partial<EntryBody> = {}): EntryBody => ({
  ...{ project: 'shop', path: null, phase: 'Build', model: null },
  ...{ limits: {}, objectives: ['Build the gate'], constraints: [] },
  ...{ startsAt: `${day}T09:00`, minutes: 60, zone: ZONE, rule: null },
  ...more,
});

/** Writes an entry into the schedule, as the page does. */
export async function addEntry({ url }: Daemon, body: EntryBody): Promise<void> {
  const { token } = (await (await fetch(`${url}/api/token`)).json()) as { token: string };
  const response = await fetch(`${url}/api/schedule/entries`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [TOKEN_HEADER]: token },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${String(response.status)} ${await response.text()}`);
}

/** What is planned around a day. */
export async function plansAt({ url }: Daemon, day: string) {
  const at = Date.parse(day);
  const query = `from=${new Date(at - 3 * DAY).toISOString()}&to=${new Date(at + 4 * DAY).toISOString()}`;
  const answer = await fetch(`${url}/api/schedule?${query}`);
  return scheduleSchema.parse(await answer.json()).plans;
}

/** Where the only plan around that day stands, once it stands at `local` (in the zone). */
export function startsAt(daemon: Daemon, day: string, local: string): Promise<unknown> {
  return until(`a plan at ${local}`, async () => {
    const plans = await plansAt(daemon, day);
    return plans.find(({ plan }) => localText(plan.startsAt) === local);
  });
}

const localText = (at: number) =>
  new Date(at).toLocaleString('sv-SE', { timeZone: ZONE }).slice(0, 16).replace(' ', 'T');
