import { randomUUID } from 'node:crypto';
import net from 'node:net';

/** What the parent process orders: so many hooks a second to this port. */
export type HookOrder = { port: number; perSecond: number; seconds: number; sessions: number };
/** When each was due (ns of the monotonic clock), by call and phase; how the answers were. */
export type HooksSent = { sent: [key: string, ns: string][]; answered: number; refused: number };

const CONNECTIONS = 48;
const TICK_MS = 2;

type Connection = { socket: net.Socket; busy: boolean };

/** Sends hooks evenly over connections that stay open, each once it has its last answer. */
async function send({ port, perSecond, seconds, sessions }: HookOrder): Promise<HooksSent> {
  const ids = Array.from({ length: sessions }, () => randomUUID());
  const sent: [string, string][] = [];
  const queue: string[] = [];
  let answered = 0;
  let refused = 0;
  const pump = (connection: Connection): void => {
    const next = queue.shift();
    connection.busy = next !== undefined;
    if (next !== undefined) connection.socket.write(next);
  };
  const connections = await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      const connection: Connection = { socket: net.connect(port, '127.0.0.1'), busy: false };
      connection.socket.setNoDelay(true).setEncoding('latin1');
      await new Promise((resolve) => connection.socket.once('connect', resolve));
      connection.socket.on('data', (text: string) => {
        // Small answers come whole: a head and `{}`.
        if (text.startsWith('HTTP/1.1 200')) answered += 1;
        else refused += 1;
        pump(connection);
      });
      return connection;
    }),
  );
  const total = perSecond * seconds;
  const began = process.hrtime.bigint();
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const elapsed = Number(process.hrtime.bigint() - began) / 1e9;
      const due = Math.min(total, Math.floor(elapsed * perSecond));
      while (sent.length < due) {
        const index = sent.length;
        const phase = index % 2 === 0 ? 'start' : 'end';
        const id = `toolu_bench_${String(began)}_${String(index >> 1)}`;
        const at = began + BigInt(Math.round((index / perSecond) * 1e9));
        sent.push([`${id} ${phase}`, String(at)]);
        // A call's end follows its start on the same connection only by chance, as in life.
        queue.push(requestOf(port, ids[(index >> 1) % sessions] ?? '', id, phase));
      }
      for (const connection of connections) if (!connection.busy) pump(connection);
      if (answered + refused === total || elapsed > seconds + 15) {
        clearInterval(timer);
        resolve();
      }
    }, TICK_MS);
  });
  for (const { socket } of connections) socket.destroy();
  return { sent, answered, refused };
}

function requestOf(port: number, sessionId: string, id: string, phase: 'start' | 'end'): string {
  const body = JSON.stringify({
    session_id: sessionId,
    transcript_path: `/home/dev/.claude/projects/-home-dev-shop/${sessionId}.jsonl`,
    cwd: '/home/dev/shop',
    permission_mode: 'default',
    effort: { level: 'medium' },
    hook_event_name: phase === 'start' ? 'PreToolUse' : 'PostToolUse',
    tool_name: 'Bash',
    tool_input: { command: 'npm test -- cart', description: 'Test the cart' },
    tool_use_id: id,
    ...(phase === 'end'
      ? { tool_response: { stdout: 'ok '.repeat(100), stderr: '' }, duration_ms: 12 }
      : {}),
  });
  const head = `POST /api/hooks HTTP/1.1\r\nHost: 127.0.0.1:${String(port)}\r\nContent-Type: application/json\r\nContent-Length: ${String(Buffer.byteLength(body))}\r\n\r\n`;
  return head + body;
}

process.once('message', (order: HookOrder) => {
  void send(order).then((report) => process.send?.(report, () => process.exit(0)));
});
