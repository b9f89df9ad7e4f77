import { createServer, request as ask, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hookSchema } from '@claude-optimizer/protocol';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createLog } from '../log.js';
import { answerHook } from './answer-hook.js';
import type { HookGuard } from './hook-guard.js';

const hook = hookSchema.parse({ session_id: 's', hook_event_name: 'PreToolUse' });

describe('the answer of a hook', () => {
  let server: Server | null = null;
  const logged: string[] = [];
  const log = createLog({
    level: 'error',
    readable: false,
    to: { write: (line) => logged.push(line) },
  });
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
    logged.length = 0;
  });

  /** An address whose hooks are answered as `guard` says. */
  async function answering(guard: HookGuard | null): Promise<string> {
    const listening = createServer((_request, response) => answerHook(response, hook, guard, log));
    server = listening;
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${String((listening.address() as AddressInfo).port)}`;
  }
  const said = async (guard: HookGuard | null) =>
    (await fetch(await answering(guard))).json() as Promise<unknown>;

  it.each([
    [null, {}],
    [() => null, {}],
    [() => ({ answer: { continue: false } }), { continue: false }],
    [
      () => ({ answer: Promise.resolve({ stopReason: 'zu teuer: 5 €' }) }),
      { stopReason: 'zu teuer: 5 €' },
    ],
  ] as [HookGuard | null, unknown][])(
    'is what the guard says, or go on',
    async (guard, expected) => {
      await expect(said(guard)).resolves.toEqual(expected);
      expect(logged).toEqual([]);
    },
  );

  it.each([
    [
      () => {
        throw new Error('broken');
      },
    ],
    [() => ({ answer: Promise.reject(new Error('broken')) })],
  ] as [HookGuard][])('is "go on" when the guard fails, and the log has it', async (guard) => {
    await expect(said(guard)).resolves.toEqual({});
    expect(logged.join()).toContain('broken');
  });

  it('tells who held it that nobody waits any more', async () => {
    const gone = vi.fn();
    let give: (answer: object) => void = () => undefined;
    const answer = new Promise<Record<string, unknown>>((resolve) => {
      give = (given) => resolve({ ...given });
    });
    const guard = vi.fn(() => ({ answer, gone }));
    const url = await answering(guard);
    const asking = ask(url, { method: 'POST' });
    asking.on('error', () => undefined);
    asking.end('{}');
    await vi.waitFor(() => expect(guard).toHaveBeenCalledOnce(), { timeout: 10_000 });
    expect(gone).not.toHaveBeenCalled();
    asking.destroy();
    await vi.waitFor(() => expect(gone).toHaveBeenCalledOnce(), { timeout: 10_000 });
    // Too late: nothing is sent, nothing fails.
    give({ continue: false });
    await answer;
    expect(logged).toEqual([]);
  });
});
