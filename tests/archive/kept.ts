import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { archiveStatusSchema, TOKEN_HEADER, tokenSchema } from '@claude-optimizer/protocol';
import * as z from 'zod';
import { inRepo } from '../../scripts/lib/places.mjs';
import { until } from '../support/until.js';

const BINARY = inRepo('packages/cli/bin/claude-optimizer.js');
const run = promisify(execFile);

export type Folders = { claudeDir: string; dataDir: string };

/** Runs `claude-optimizer <args>` on the folders; its standard output. */
export async function cli({ claudeDir, dataDir }: Folders, ...args: string[]): Promise<string> {
  const folders = ['--claude-dir', claudeDir, '--data-dir', dataDir];
  const env = { PATH: process.env.PATH, HOME: dataDir, NO_COLOR: '1' };
  const { stdout } = await run(process.execPath, [BINARY, ...args, ...folders], { env });
  return stdout;
}

/** As `cli` for a command that is to fail: its exit code and what it says. */
export async function failing(folders: Folders, ...args: string[]) {
  const failure = (error: unknown) => z.object({ code: z.int(), stderr: z.string() }).parse(error);
  return cli(folders, ...args).then((output) => {
    throw new Error(`it didn't fail: ${output}`);
  }, failure);
}

export async function archiveStatus(url: string) {
  const response = await fetch(`${url}/api/archive`);
  return archiveStatusSchema.parse(await response.json());
}

/** Waits until the archive has so many bytes of transcripts and is at rest. */
export function untilKept(url: string, rawBytes: number) {
  return until(`${String(rawBytes)} bytes in the archive`, async () => {
    const status = await archiveStatus(url);
    return status.state === 'idle' && status.rawBytes === rawBytes && status;
  });
}

/** `POST` with the token of the daemon's start. */
export async function post(url: string, place: string, body?: unknown): Promise<Response> {
  const { token } = tokenSchema.parse(await (await fetch(`${url}/api/token`)).json());
  return fetch(`${url}${place}`, {
    method: 'POST',
    headers: { [TOKEN_HEADER]: token, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

/** Every transcript below a folder by its path there, as hash and size. */
export function hashes(folder: string): Record<string, string> {
  const names = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return Object.fromEntries(
    names
      .filter((name) => name.endsWith('.jsonl'))
      .sort()
      .map((name) => {
        const bytes = fs.readFileSync(path.join(folder, name));
        return [
          name,
          `${createHash('sha256').update(bytes).digest('hex')} ${String(bytes.length)}`,
        ];
      }),
  );
}

/** Bytes of every transcript below a folder. */
export function bytesIn(folder: string): number {
  return Object.values(hashes(folder)).reduce((sum, hash) => sum + Number(hash.split(' ')[1]), 0);
}
