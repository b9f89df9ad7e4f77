import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { DemoState } from '@claude-optimizer/protocol';
import type { DemoPlayer } from './demo/start-demo.js';
import type { History, Stage } from './history.js';
import { FoundTranscripts, type RawTranscripts } from './archive/raw-transcripts.js';
import { Conversations } from './conversation/conversations.js';
import { Listeners } from './listeners.js';
import type { Followed } from './sessions/followed.js';
import type { Log } from './log.js';
import { openSessions, type Sessions } from './sessions/open-sessions.js';

/** The person's own history, which becomes another one when something is deleted. */
type Own = History & { onReset?(listener: () => void): () => void };
type Show = {
  sessions: Sessions;
  conversations: Conversations;
  player: DemoPlayer;
  folder: string;
};
type Settings = {
  now: () => number;
  version: string;
  log: Log;
  /** The person's own transcripts; there once the archive is. */
  transcripts?: () => RawTranscripts | null;
};

/** Shows the person's own sessions, or a demo's: other transcripts, another store, never mixed. */
export class DemoStage implements Stage {
  readonly #own: History;
  readonly #settings: Settings;
  #conversations: Conversations | null = null;
  readonly #switches = new Listeners();
  #show: Show | null = null;
  #speed = 1;
  #changing: Promise<void> = Promise.resolve();

  constructor(own: Own, settings: Settings) {
    this.#own = own;
    this.#settings = settings;
    own.onReset?.(() => {
      this.#switches.tell();
    });
  }

  current(): History {
    return this.#show?.sessions.history ?? this.#own;
  }

  conversations(): Conversations | null {
    if (this.#show) return this.#show.conversations;
    const raw = this.#conversations ? null : this.#settings.transcripts?.();
    if (raw) this.#conversations = new Conversations(raw, this.#own);
    return this.#conversations;
  }

  demo(): DemoState {
    return { running: this.#show !== null, speed: this.#speed };
  }

  /** Starts the demo, or changes its speed when it runs already. */
  startDemo(speed: number): Promise<void> {
    return this.#inTurn(async () => {
      this.#speed = speed;
      if (this.#show) this.#show.player.setSpeed(speed);
      else this.#show = await this.#open(speed);
      this.#switches.tell();
    });
  }

  /** Ends the demo and removes all that it wrote. */
  stopDemo(): Promise<void> {
    return this.#inTurn(async () => {
      const show = this.#show;
      if (!show) return;
      this.#show = null;
      this.#switches.tell();
      await this.#close(show);
    });
  }

  onSwitch(listener: () => void): () => void {
    return this.#switches.add(listener);
  }

  async #open(speed: number): Promise<Show> {
    const { startDemo } = await import('./demo/start-demo.js');
    const { now, version, log } = this.#settings;
    const folder = await mkdtemp(path.join(os.tmpdir(), 'claude-optimizer-demo-'));
    const sessions = await openSessions({
      ...{ now, version, log },
      storeFile: ':memory:',
      claudeDirs: [folder],
    });
    const player = startDemo({
      dir: folder,
      speed,
      now,
      onBudget: (sessionId, microdollars) => {
        void sessions.history.setBudget(sessionId, microdollars);
      },
      onError: (error) => {
        log.error({ err: error }, 'the demo has stopped');
      },
    });
    await player.ready;
    await sessions.begin();
    const { transcripts, history } = sessions;
    const conversations = new Conversations(rawTranscripts(transcripts), history);
    return { sessions, conversations, player, folder };
  }

  async #close({ sessions, player, folder }: Show): Promise<void> {
    await player.stop();
    await sessions.close();
    await rm(folder, { recursive: true, force: true });
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const result = this.#changing.then(work);
    this.#changing = result.catch(() => undefined);
    return result;
  }
}

/** A demo's transcripts are never kept: they are read where they are played. */
function rawTranscripts(transcripts: Followed): FoundTranscripts {
  return new FoundTranscripts({
    folder: '',
    index: () => null,
    known: (sessionId) => transcripts.of(sessionId),
    forget: () => Promise.resolve(),
  });
}
