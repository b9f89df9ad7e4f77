import type {
  Announcements,
  ClientToServer,
  ServerToClient,
  SessionEvent,
  Snapshot,
  Subscribe,
} from '@claude-optimizer/protocol';
import type { Socket } from 'socket.io';
import type { Log } from '../log.js';
import { Backlog } from './backlog.js';
import { Cursor } from './cursor.js';
import { LIMITS } from './limits.js';
import type { Source } from './source.js';

export type FeedSocket = Socket<ClientToServer, ServerToClient>;

/**
 * One connection. Nothing is buffered for it: it has a cursor, and `pump` sends what follows the
 * cursor, from memory or the store, as soon as the connection can take it.
 */
export class FeedClient {
  private readonly cursor: Cursor;
  private readonly backlog: Backlog;
  private batch = false;
  private settled = false;
  private pumping = false;
  private loading = false;
  private snapshotDue = false;
  private statusDue = true;
  private sentFrameAt = -Infinity;
  private sentSnapshotAt = -Infinity;
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly socket: FeedSocket,
    private readonly source: Source,
    private readonly log: Log,
  ) {
    this.cursor = new Cursor(source.history.lastSeq());
    this.backlog = new Backlog(socket.conn, () => this.pump());
    this.wakeIn(LIMITS.graceMs);
  }

  /** What the client says that it has seen, and how it wants the rest. */
  subscribe({ afterSeq, epoch, batch }: Subscribe): void {
    this.batch = batch ?? false;
    const { history } = this.source;
    const known = afterSeq !== undefined && (epoch ?? history.epoch) === history.epoch;
    this.snapshotDue ||= !known || afterSeq > history.lastSeq() || !this.cursor.goTo(afterSeq);
    this.statusDue = !this.snapshotDue;
    this.wake();
  }

  /** Another history is on stage: what was sent counts for nothing. */
  startOver(): void {
    this.cursor.jumpTo(this.source.history.lastSeq());
    this.snapshotDue = true;
    this.pump();
  }

  statusChanged(): void {
    this.statusDue = true;
    this.pump();
  }

  /** Sends it at once; text that is being written is left out where the connection is slow. */
  announce<N extends keyof Announcements>(name: N, announcement: Announcements[N]): void {
    if (name === 'partial' && this.isCongested()) return;
    emitByName(this.socket, name, announcement);
  }

  close(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }

  /** Sends all that is due and that the connection can take now. Safe to call at any time. */
  pump(): void {
    // Sending may drain the connection, which calls this again from within.
    if (this.pumping || !this.settled) return;
    this.pumping = true;
    try {
      while (this.sendNext());
    } finally {
      this.pumping = false;
    }
  }

  /** One message or run of events; false when there is nothing to send or something to wait for. */
  private sendNext(): boolean {
    if (this.loading || !this.socket.connected || this.isCongested()) return false;
    if (this.statusDue) return this.sendStatus();
    const behind = this.source.history.lastSeq() - this.cursor.seq;
    if (this.snapshotDue || behind > LIMITS.lagEvents) return this.loadSnapshot();
    if (behind <= 0 || (this.batch && !this.isDue(this.sentFrameAt, LIMITS.frameMs))) return false;
    const events = this.source.recent(this.cursor.seq);
    if (events === null) return this.loadEvents();
    this.sendEvents(events);
    return true;
  }

  private isCongested(): boolean {
    return this.backlog.packets >= (this.batch ? 1 : LIMITS.waitingPackets);
  }

  private sendStatus(): boolean {
    this.statusDue = false;
    this.socket.emit('status', this.source.status());
    return true;
  }

  private sendEvents(events: SessionEvent[]): void {
    const due = this.cursor.take(events);
    if (this.batch) {
      this.sentFrameAt = performance.now();
      this.socket.emit('events', due);
    } else {
      for (const event of due) emitByName(this.socket, event.type, event);
    }
  }

  private sendSnapshot(snapshot: Snapshot): void {
    this.cursor.jumpTo(snapshot.seq);
    this.snapshotDue = false;
    this.sentSnapshotAt = performance.now();
    this.socket.emit('snapshot', snapshot);
  }

  private loadEvents(): false {
    const { seq } = this.cursor;
    this.load(this.source.stored(seq), (events) => {
      if (seq !== this.cursor.seq) return;
      if (events[0]?.seq === seq + 1) this.sendEvents(events);
      // Not what follows: the store has let go of it.
      else this.snapshotDue = true;
    });
    return false;
  }

  private loadSnapshot(): false {
    if (!this.isDue(this.sentSnapshotAt, LIMITS.snapshotMs)) return false;
    this.load(this.source.snapshot(), (snapshot) => {
      // One begun for another client may be older than what this one has; then another is taken.
      if (snapshot.seq >= this.cursor.highest) this.sendSnapshot(snapshot);
    });
    return false;
  }

  /** Sends what is being loaded unless the stage has turned meanwhile. */
  private load<T>(loading: Promise<T>, send: (loaded: T) => void): void {
    const { history } = this.source;
    this.loading = true;
    loading
      .then((loaded) => {
        this.loading = false;
        if (history === this.source.history) send(loaded);
        this.pump();
      })
      .catch((error: unknown) => {
        this.log.error({ err: error }, 'a client could not be fed');
        // It comes back by itself, with a growing delay.
        this.socket.conn.close();
      });
  }

  /** Whether so much time has passed since; if not, pumps when it has. */
  private isDue(since: number, ms: number): boolean {
    const wait = since + ms - performance.now();
    if (wait > 0) this.wakeIn(wait);
    return wait <= 0;
  }

  private wakeIn(ms: number): void {
    this.timer ??= setTimeout(() => this.wake(), ms);
  }

  private wake(): void {
    this.close();
    this.settled = true;
    this.pump();
  }
}

function emitByName(socket: FeedSocket, name: string, content: object): void {
  // The compiler can't see that a message and its name belong together.
  (socket as Socket<ClientToServer, Record<string, (content: object) => void>>).emit(name, content);
}
