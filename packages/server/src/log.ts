import { pino, type DestinationStream, type LevelWithSilent, type Logger } from 'pino';
import { prettyFactory } from 'pino-pretty';

export type Log = Logger;

const stderr = pino.destination({ dest: 2, sync: true });
/** Prompts, answers and secrets are never logged, also not by a slip. */
const NEVER = ['prompt', 'firstPrompt', 'text', 'token', 'event', 'events', 'snapshot'];

export type LogSettings = {
  level: LevelWithSilent;
  /** For people rather than programs; by default when stderr is a terminal. */
  readable?: boolean;
  to?: DestinationStream;
};

/** The logger of the process, to stderr: stdout is for what a command answers. */
export function createLog({
  level,
  readable = process.stderr.isTTY,
  to = stderr,
}: LogSettings): Log {
  return pino(
    {
      level,
      base: null,
      redact: { paths: NEVER.flatMap((key) => [key, `*.${key}`]), remove: true },
    },
    readable ? readableStream(to) : to,
  );
}

/** In this process and synchronous: the last words before an exit must be seen. */
function readableStream(to: DestinationStream): DestinationStream {
  const format = prettyFactory({ colorize: to === stderr, translateTime: 'SYS:HH:MM:ss.l' });
  return {
    write: (line) => {
      to.write(format(line));
    },
  };
}
