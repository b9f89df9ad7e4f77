import { mkdtempSync, rmSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { TOKEN_HEADER } from '@claude-optimizer/protocol';
import type { Config } from '../config/config.js';
import { MemoryStage } from '../feed/memory-stage.fixture.js';
import type { ClientRequests } from '../hooks/hooks.js';
import { HookIntake } from '../hooks/hook-intake.js';
import { createLog } from '../log.js';
import type { HeardOf } from '../transcripts/draft.js';
import { openFrontDoor } from './front-door.js';
import { serve, type Serving } from './serve.js';

type Asked = { method?: string; headers?: Record<string, string>; body?: string | Buffer };
export type Answer = { status: number; headers: IncomingHttpHeaders; text: string };

/** The whole edge on a port of its own, over histories in memory. */
export class ServedStage {
  readonly stage = new MemoryStage();
  readonly dashboardDir = mkdtempSync(path.join(tmpdir(), 'dashboard-'));
  readonly logged: string[] = [];
  /** What hooks and telemetry said, commit by commit. */
  readonly heard: (readonly HeardOf[])[] = [];
  /** What telemetry said of requests. */
  readonly requested: Parameters<ClientRequests['add']>[0][number][] = [];
  readonly #requests: ClientRequests = {
    add: (requests) => Promise.resolve(void this.requested.push(...requests)),
    compared: () => Promise.reject(new Error('not asked here')),
  };
  hear = (heard: readonly HeardOf[]): Promise<void> => {
    this.heard.push(heard);
    return Promise.resolve();
  };
  private serving: Serving | null = null;

  get running(): Serving {
    if (!this.serving) throw new Error('not started');
    return this.serving;
  }

  async start(config: Partial<Config> = {}): Promise<this> {
    const to = { write: (line: string) => void this.logged.push(line) };
    const { dashboardDir, stage } = this;
    const log = createLog({ level: 'warn', readable: false, to });
    const whole = { host: '127.0.0.1', port: 0, dashboardDir, ...config };
    const door = await openFrontDoor({ config: whole, stage: Promise.resolve(stage), log });
    this.serving = serve({
      ...{ config: whole, door, stage },
      live: {
        intake: new HookIntake({ hear: (heard) => this.hear(heard), log }),
        requests: this.#requests,
        now: () => 1_000,
      },
      loop: null,
      log,
      version: '1.2.3',
    });
    return this;
  }

  async close(): Promise<void> {
    await this.serving?.close().catch(() => undefined);
    rmSync(this.dashboardDir, { recursive: true, force: true });
  }

  get host(): string {
    return `127.0.0.1:${this.running.port}`;
  }

  /** Asks with exactly these headers, as no browser or `fetch` would let us. */
  ask(pathname: string, { method = 'GET', headers = {}, body }: Asked = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const asking = httpRequest(
        { host: '127.0.0.1', port: this.running.port, path: pathname, method, headers },
        (response) => {
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.on('error', reject);
          response.on('end', () => {
            const { statusCode: status = 0, headers: answered } = response;
            resolve({ status, headers: answered, text: Buffer.concat(parts).toString() });
          });
        },
      );
      asking.on('error', reject).end(body);
    });
  }

  /** Asks for a change, with the token. */
  post(pathname: string, body?: unknown): Promise<Answer> {
    return this.ask(pathname, {
      method: 'POST',
      headers: { [TOKEN_HEADER]: this.running.token, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }
}
