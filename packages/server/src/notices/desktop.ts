import { execFile } from 'node:child_process';
import type { Notice } from '@claude-optimizer/protocol';
import { findProgram } from '../doctor/find-program.js';
import type { Log } from '../log.js';
import { desktopCommand } from './desktop-command.js';

const TIMEOUT_MS = 10_000;
/** More than that in a minute would be a nuisance; the page has them all. */
const MOST_A_MINUTE = 10;

type System = { platform: NodeJS.Platform; env: NodeJS.ProcessEnv };
type Options = { log: Log; now: () => number; system?: System };

/**
 * Shows notices by the system's own program, if there is one and a desktop to show them on. What
 * fails is logged and nothing else.
 */
export function desktopNotifier({
  log,
  now,
  system = { platform: process.platform, env: process.env },
}: Options): (notice: Notice) => void {
  let shown: number[] = [];
  return (notice) => {
    const at = now();
    shown = shown.filter((time) => at - time < 60_000);
    const command = desktopCommand(system.platform, notice);
    if (command === null || shown.length >= MOST_A_MINUTE || !hasDesktop(system)) return;
    const program = findProgram(command.program, system.env);
    if (program === null) return;
    shown.push(at);
    const env = { ...system.env, ...command.env };
    const options = { env, timeout: TIMEOUT_MS, windowsHide: true };
    execFile(program, command.args, options, (error) => {
      if (error) log.debug({ err: error }, 'a desktop notification was not shown');
    });
  };
}

function hasDesktop({ platform, env }: System): boolean {
  if (platform !== 'linux') return true;
  return [env.DBUS_SESSION_BUS_ADDRESS, env.DISPLAY, env.WAYLAND_DISPLAY].some(Boolean);
}
