import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../support/until.js';
import { type ClientHome, killGroup } from './client-home.js';

/** util-linux's `script` gives the client a terminal. */
const SCRIPT = '/usr/bin/script';
export const skipWithoutTerminal = process.platform !== 'linux' || !fs.existsSync(SCRIPT);

/** The client as a person has it before them. */
export type Terminal = {
  /** Types a line and presses Enter. */
  type: (line: string) => Promise<void>;
  /** Presses keys as they are, such as the number of a choice. */
  press: (keys: string) => void;
  /** All that the client has drawn, with what moves the cursor. */
  screen: () => string;
  /** Resolves when the client has ended. */
  ended: Promise<unknown>;
  kill: () => void;
};

/** Starts the real client in a terminal and waits until it can be typed into. */
export async function openTerminal(
  { binary, cwd, env }: ClientHome,
  sessionId: string,
  rights = '--permission-mode acceptEdits --allowedTools Bash',
): Promise<Terminal> {
  const client = `exec ${binary} --session-id ${sessionId} --model sonnet ${rights}`;
  const command = `stty cols 120 rows 40; ${client}`;
  const child = spawn(SCRIPT, ['-qfec', command, '/dev/null'], { cwd, env, detached: true });
  let screen = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (screen += text));
  const ended = once(child, 'close');
  const kill = () => killGroup(child);
  try {
    await until('the prompt of the client', () => screen.includes('❯'));
  } catch (error) {
    kill();
    throw error;
  }
  const type = async (line: string) => {
    child.stdin.write(line);
    // Enter in the same burst would count as pasted text.
    await sleep(400);
    child.stdin.write('\r');
  };
  const press = (keys: string) => void child.stdin.write(keys);
  return { type, press, screen: () => screen, ended, kill };
}
