import {
  hooksReport,
  installHooks,
  readConfig,
  uninstallHooks,
  type Flags,
} from '@claude-optimizer/server';
import { renderChanges, renderStatus } from '../render-hooks.js';

export type HookFlags = Flags & { dryRun?: boolean; json?: boolean };

/** Adds our hooks to the client's settings, or says what that would change. */
export async function install({ dryRun = false, ...flags }: HookFlags): Promise<string> {
  return renderChanges(
    await installHooks(readConfig({ flags }), { dryRun, now: Date.now() }),
    dryRun,
  );
}

/** Takes them out again, or says what that would change. */
export function uninstall({ dryRun = false, ...flags }: HookFlags): string {
  return renderChanges(uninstallHooks(readConfig({ flags }), { dryRun, now: Date.now() }), dryRun);
}

/** What is installed, and whether the daemon hears it. */
export async function status({ json = false, ...flags }: HookFlags): Promise<string> {
  const report = await hooksReport(readConfig({ flags }), Date.now());
  return json ? `${JSON.stringify(report, null, 2)}\n` : renderStatus(report);
}
