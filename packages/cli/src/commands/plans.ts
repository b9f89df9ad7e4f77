import { OptimizerError } from '@claude-optimizer/protocol';
import { pauseCalendar, readConfig, readSchedule, type Flags } from '@claude-optimizer/server';
import { renderPlans } from '../render-plans.js';

export type PauseFlags = Flags;
export type ListFlags = Flags & { days?: string; json?: boolean };

const DAY_MS = 86_400_000;

/** What is planned from today on as text, or as JSON. Throws `bad_request` for a wrong `--days`. */
export async function list({ days = '14', json = false, ...flags }: ListFlags): Promise<string> {
  const count = Number(days);
  if (!Number.isInteger(count) || count < 1 || count > 62) {
    throw new OptimizerError('bad_request', `--days is ${JSON.stringify(days)}.`, {
      fix: 'Give a whole number from 1 to 62.',
    });
  }
  const now = Date.now();
  const from = new Date(now).setHours(0, 0, 0, 0);
  const config = readConfig({ flags });
  const schedule = await readSchedule(config, { from, to: from + count * DAY_MS, now });
  return json ? `${JSON.stringify(schedule, null, 2)}\n` : renderPlans(schedule, now);
}

/** Pauses or resumes all starts by the calendar. */
export async function pause(paused: boolean, flags: PauseFlags): Promise<string> {
  await pauseCalendar(readConfig({ flags }), paused, Date.now());
  return paused
    ? 'Paused: no plan starts. Let them start again with: claude-optimizer calendar resume\n'
    : 'Plans start by themselves again.\n';
}
