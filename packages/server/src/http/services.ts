import type { RequestHandler } from 'express';
import type { Stage } from '../history.js';

/** What the routes ask. */
export type Services = {
  stage: Stage;
  version: string;
  token: string;
  /** How many clients the socket has. */
  clients: () => number;
  /** In front of everything that changes something. */
  onlyWithToken: RequestHandler;
};
