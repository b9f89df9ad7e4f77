import type { RequestHandler } from 'express';
import type { Archive } from '../archive/archive.js';
import type { Deletions } from '../sessions/deletions.js';
import type { LiveSources } from '../hooks/hooks.js';
import type { Stage } from '../history.js';
import type { PriceDesk } from '../prices/price-desk.js';
import type { Loop } from '../loop.js';

/** What routes may ask of the loop: its services, never its store. */
export type LoopServices = Omit<Loop, 'store' | 'begin' | 'close'>;

export type ArchiveService = Pick<Archive, 'status' | 'prune' | 'transcripts'>;
export type DeletionService = Pick<Deletions, 'delete' | 'undelete' | 'hide'>;

/** What the routes ask. */
export type Services = {
  stage: Stage;
  /** What Claude Code tells by itself, always of the person's own sessions. */
  live: LiveSources;
  /** Plans, runs and questions; null where there are none to be had. */
  loop: LoopServices | null;
  /** The prices of the person's own history; null where there is none. */
  prices: Pick<PriceDesk, 'reprice' | 'standing'> | null;
  /** What is kept of the person's own sessions, and deleting it; null where there is none. */
  keeping: { archive: ArchiveService; deletions: DeletionService } | null;
  version: string;
  token: string;
  /** How many clients the socket has. */
  clients: () => number;
  /** In front of everything that changes something. */
  onlyWithToken: RequestHandler;
};
