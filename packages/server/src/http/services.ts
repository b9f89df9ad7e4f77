import type { RequestHandler } from 'express';
import type { LiveSources } from '../hooks/hooks.js';
import type { Stage } from '../history.js';

/** What the routes ask. */
export type Services = {
  stage: Stage;
  /** What Claude Code tells by itself, always of the person's own sessions. */
  live: LiveSources;
  version: string;
  token: string;
  /** How many clients the socket has. */
  clients: () => number;
  /** In front of everything that changes something. */
  onlyWithToken: RequestHandler;
};
