import type { Run, Spent } from '@claude-optimizer/protocol';
import type { PersonSettings } from '../config/person-settings.js';
import { keeperOrder } from './client-command.js';
import { canName, clientPath } from './find-client.js';
import { RunFolder } from './run-folder.js';

type Options = {
  dataDir: string;
  settings: PersonSettings;
  /** Where the client keeps its transcripts, where that isn't its own default. */
  configDir: string | null;
};
/** `resume`: the session is gone on with; `template`: instead of the configured one. */
type How = { resume: boolean; template?: string | undefined };

/** Writes what the keeper is to start into the run's folder; false where there is no client. */
export async function writeOrder(options: Options, run: Run, how: How): Promise<boolean> {
  const { dataDir, settings, configDir } = options;
  const { launcher } = settings.read();
  const path = clientPath(launcher.claudePath);
  if (path === null) return false;
  const before: Spent | null = how.resume ? run.spent : null;
  const start = {
    ...{ ...run, cwd: run.cwd ?? '', sessionId: run.sessionId ?? '' },
    ...{ resume: how.resume, before, canName: await canName(path, dataDir) },
  };
  const chosen = { ...launcher, template: how.template ?? launcher.template };
  const folder = RunFolder.of(dataDir, run.id, run.attempt);
  folder.make();
  folder.putOrder(keeperOrder(start, chosen, { path, configDir }));
  return true;
}

/** What was allowed for the run holds for its next attempt, too. */
export function keepAllowed(dataDir: string, folder: RunFolder, { id, attempt }: Run): void {
  const allowed = folder.allowed();
  if (allowed.length === 0) return;
  const next = RunFolder.of(dataDir, id, attempt);
  next.make();
  next.putAllowed(allowed);
}
