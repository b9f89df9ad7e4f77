import type { Observation } from '../transcript/observation.js';

/**
 * What a hook or a telemetry record says of a session: as a transcript line would say it, or a
 * permission that is asked for or given, of which the transcript keeps nothing.
 */
export type Heard =
  | Exclude<Observation, { kind: 'usage' }>
  | {
      kind: 'asked';
      at: number;
      toolUseId: string | null;
      name: string | null;
      agentId: string | null;
    }
  | { kind: 'answered'; at: number; toolUseId: string };
