import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { OptimizerError } from '@claude-optimizer/protocol';
import * as z from 'zod';
import { nextFreePort } from './free-port.js';

/** For answers that are under way when the server closes. */
const LAST_WORDS_MS = 250;

const systemErrorSchema = z.object({ code: z.string() });

/** Listens and gives the port. Throws `port_in_use`, naming the next free one. */
export async function listen(http: Server, host: string, port: number): Promise<number> {
  http.listen(port, host);
  try {
    await once(http, 'listening');
  } catch (error) {
    throw await refusal(error, host, port);
  }
  return (http.address() as AddressInfo).port;
}

/** Gives what closes the server and, after a moment, also the connections that stay open. */
export function closer(http: Server): () => Promise<void> {
  const connections = new Set<Socket>();
  http.on('connection', (connection: Socket) => {
    connections.add(connection);
    connection.once('close', () => connections.delete(connection));
  });
  return async () => {
    const closed = once(http, 'close');
    http.close();
    const end = setTimeout(() => {
      for (const connection of connections) connection.destroy();
    }, LAST_WORDS_MS);
    await closed;
    clearTimeout(end);
  };
}

async function refusal(cause: unknown, host: string, port: number): Promise<unknown> {
  const code = systemErrorSchema.safeParse(cause).data?.code;
  if (code === 'EADDRINUSE') {
    const free = await nextFreePort(host, port);
    const instead = free === null ? 'Choose one with --port' : `Use --port ${free}, which is free`;
    return new OptimizerError('port_in_use', `Port ${port} is in use.`, {
      fix: `${instead}, or stop the program that has it.`,
      cause,
    });
  }
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL') {
    return new OptimizerError('config_invalid', `${host}:${port} can't be listened on (${code}).`, {
      fix: 'Choose another --port (above 1023) or --host.',
      cause,
    });
  }
  return cause;
}
