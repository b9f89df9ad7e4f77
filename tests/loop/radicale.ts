import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { findRadicale } from '../../scripts/lib/radicale.mjs';
import { type Defer, tempFolder } from '../support/cleanup.js';
import { until } from '../support/until.js';

const binary = findRadicale();

/** Without Radicale these tests are skipped; in CI they run and fail instead. */
export const skipWithoutRadicale = binary === null && process.env.CI !== 'true';
if (binary === null) console.log('NO RADICALE: the CalDAV tests are not run');

export const USER = 'alice';
export const PASSWORD = 'secret1';

/** A real CalDAV server on a free port, with its calendars in a temporary folder. */
export class Radicale {
  readonly url: string;
  readonly #folder: string;
  readonly #port: number;
  #child: ChildProcess | null = null;

  private constructor(folder: string, port: number) {
    this.#folder = folder;
    this.#port = port;
    this.url = `http://127.0.0.1:${String(port)}/`;
  }

  static async start(defer: Defer): Promise<Radicale> {
    const server = new Radicale(tempFolder(defer), await freePort());
    defer(() => server.stop());
    server.#configure();
    await server.up();
    return server;
  }

  /** Starts it, with the calendars that it had. */
  async up(): Promise<void> {
    if (binary === null) throw new Error('Radicale was not found (set RADICALE_PATH)');
    const child = spawn(binary, ['--config', path.join(this.#folder, 'config')], { stdio: 'pipe' });
    let said = '';
    child.stderr.on('data', (text: Buffer) => (said += text.toString()));
    child.on('error', (error) => (said += error.message));
    this.#child = child;
    await until('Radicale to answer', async () => {
      if (child.exitCode !== null) throw new Error(`Radicale ended at once:\n${said}`);
      return fetch(this.url, { redirect: 'manual' }).then(
        () => true,
        () => false,
      );
    });
  }

  /** Takes it down, as a server that can't be reached. */
  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const closed = once(child, 'close');
    child.kill('SIGKILL');
    await closed;
  }

  /** Asks as another calendar app would. */
  ask(method: string, place: string, body?: string, headers: Record<string, string> = {}) {
    const authorization = `Basic ${Buffer.from(`${USER}:${PASSWORD}`).toString('base64')}`;
    return fetch(new URL(place, this.url), {
      method,
      headers: { authorization, ...headers },
      ...(body !== undefined && { body }),
    });
  }

  async makeCalendar(name: string): Promise<void> {
    const body = `<?xml version="1.0"?>
      <C:mkcalendar xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:set><D:prop>
      <D:displayname>${name}</D:displayname></D:prop></D:set></C:mkcalendar>`;
    const { status } = await this.ask('MKCALENDAR', `/${USER}/${name}/`, body);
    if (status !== 201) throw new Error(`MKCALENDAR answered ${String(status)}`);
  }

  async put(place: string, ics: string): Promise<void> {
    const type = { 'content-type': 'text/calendar; charset=utf-8' };
    const { status } = await this.ask('PUT', place, ics, type);
    if (status !== 201 && status !== 204) throw new Error(`PUT answered ${String(status)}`);
  }

  #configure(): void {
    fs.writeFileSync(path.join(this.#folder, 'users'), `${USER}:${PASSWORD}\n`);
    const lines = [
      '[server]',
      `hosts = 127.0.0.1:${String(this.#port)}`,
      '[auth]',
      'type = htpasswd',
      `htpasswd_filename = ${path.join(this.#folder, 'users')}`,
      'htpasswd_encryption = plain',
      'delay = 0',
      '[storage]',
      `filesystem_folder = ${path.join(this.#folder, 'collections')}`,
    ];
    fs.writeFileSync(path.join(this.#folder, 'config'), `${lines.join('\n')}\n`);
  }
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
