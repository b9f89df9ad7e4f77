/** One iCalendar object (a VCALENDAR) as its calendar holds it. */
export type CalendarObject = {
  ics: string;
  /** Where it lies within the source: a file, an address on the server; null where it has none. */
  ref: string | null;
  /** Of this state of it; a change is refused when it is another by then. */
  etag: string | null;
};

export type Fetched = {
  objects: CalendarObject[];
  /** To be given with the next fetch; holds no secret. */
  memory: string;
};

/** An event to be written: `ref` and `etag` of the object it replaces, null for a new one. */
export type EventToWrite = {
  uid: string;
  /** A whole VCALENDAR with all components of this UID. */
  ics: string;
  ref: string | null;
  etag: string | null;
};

export type Written = { ref: string; etag: string | null };

/** A calendar somewhere: a file, an address, an account. */
export interface CalendarSource {
  readonly id: string;
  readonly writable: boolean;
  /**
   * Every object that it holds; null when nothing has changed since `memory` (empty: the first
   * time). Throws an OptimizerError when it can't be read: a failure is never an empty answer.
   */
  fetch(memory: string): Promise<Fetched | null>;
  /** Adds or replaces an event. Throws `conflict` when the object has changed since it was read. */
  write?(event: EventToWrite): Promise<Written>;
  /** Takes an event out. Throws `conflict` as `write` does. */
  remove?(event: { uid: string; ref: string; etag: string | null }): Promise<void>;
  /** Calls back when something has changed; absent where it must be asked. Returns the stopper. */
  watch?(onChange: () => void): () => void;
  close(): Promise<void>;
}
