import type { ServerStatus, SessionEvent, Snapshot } from '@claude-optimizer/protocol';
import type { History, Stage } from '../history.js';
import { EventRing } from './event-ring.js';
import { LIMITS } from './limits.js';

/** What all clients are fed from: the history on stage and its newest events. */
export class Source {
  private readonly ring = new EventRing(LIMITS.ringEvents);
  private shown: History;
  private epoch: string;
  private snapshotOnItsWay: Promise<Snapshot> | null = null;

  constructor(private readonly stage: Stage) {
    this.shown = stage.current();
    this.epoch = this.shown.epoch;
  }

  get history(): History {
    return this.shown;
  }

  /** Turns to the history that is on stage now; false when it is the same. */
  turn(): boolean {
    const current = this.stage.current();
    if (this.shown === current && this.epoch === current.epoch) return false;
    this.shown = current;
    this.epoch = current.epoch;
    this.ring.clear();
    this.snapshotOnItsWay = null;
    return true;
  }

  add(events: readonly SessionEvent[]): void {
    for (const event of events) this.ring.add(event);
  }

  /** The events that follow `cursor` if they are at hand. */
  recent(cursor: number): SessionEvent[] | null {
    return this.ring.after(cursor, LIMITS.runEvents);
  }

  stored(cursor: number): Promise<SessionEvent[]> {
    return this.shown.eventsAfter(cursor, LIMITS.runEvents);
  }

  status(): ServerStatus {
    return { ...this.shown.status(), demo: this.stage.demo() };
  }

  /** Clients that need a snapshot at the same time share one. */
  snapshot(): Promise<Snapshot> {
    if (this.snapshotOnItsWay) return this.snapshotOnItsWay;
    const onItsWay = this.takeSnapshot();
    const arrived = () => {
      if (this.snapshotOnItsWay === onItsWay) this.snapshotOnItsWay = null;
    };
    this.snapshotOnItsWay = onItsWay;
    onItsWay.then(arrived, arrived);
    return onItsWay;
  }

  private async takeSnapshot(): Promise<Snapshot> {
    const snapshot = await this.shown.snapshot();
    return { ...snapshot, demo: this.stage.demo() };
  }
}
