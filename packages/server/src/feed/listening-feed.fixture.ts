import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket as Connection } from 'node:net';
import { createLog } from '../log.js';
import { MemoryStage } from './memory-stage.fixture.js';
import { TestClient } from './test-client.fixture.js';
import { WebSocketServer } from './web-socket-server.js';

/** A `WebSocketServer` on a port of its own, over histories in memory. */
export class ListeningFeed {
  readonly stage = new MemoryStage();
  readonly warnings: string[] = [];
  readonly connections = new Set<Connection>();
  private readonly clients: TestClient[] = [];
  private http: Server = createServer();
  private running: WebSocketServer | null = null;

  get server(): WebSocketServer {
    if (!this.running) throw new Error('not started');
    return this.running;
  }

  get port(): number {
    return (this.http.address() as AddressInfo).port;
  }

  async start(port = 0): Promise<this> {
    this.http = createServer().listen(port, '127.0.0.1');
    this.http.on('connection', (connection) => {
      this.connections.add(connection);
      connection.on('close', () => this.connections.delete(connection));
    });
    await new Promise((resolve) => this.http.once('listening', resolve));
    const to = { write: (line: string) => void this.warnings.push(line) };
    const log = createLog({ level: 'warn', readable: false, to });
    this.running = new WebSocketServer(this.http, this.stage, log);
    this.running.start();
    return this;
  }

  async stop(): Promise<void> {
    this.server.stop();
    this.http.closeAllConnections();
    await new Promise((resolve) => this.http.close(resolve));
  }

  async close(): Promise<void> {
    for (const client of this.clients) client.socket.disconnect();
    await this.stop();
  }

  client(transport: 'websocket' | 'polling' = 'websocket'): TestClient {
    const client = new TestClient(this.port, transport);
    this.clients.push(client);
    return client;
  }
}
