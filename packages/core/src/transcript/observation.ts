import type { EventOf } from '@claude-optimizer/protocol';

/** Tokens of one response by kind, as its transcript lines give them. */
export type ResponseTokens = {
  inputTokens: number;
  outputTokens: number;
  cacheWrite5mTokens: number;
  cacheWrite1hTokens: number;
  cacheReadTokens: number;
};

/** What one line says about one model response; later lines of the same response replace it. */
export type ResponseUse = {
  messageId: string;
  requestId: string;
  model: string;
  agentId: string | null;
  tokens: ResponseTokens;
  webSearches: number;
  fast: boolean;
  /** Whether the provider took it in a batch, at half the price. */
  batch?: boolean;
  /** Whether the line says why the response ended: only then is its output count sure to be final. */
  stopped: boolean;
  /** Tokens in front of the model, when it is a turn of the main thread. */
  contextTokens: number | null;
};

/** An entry of a todo or task list. */
export type ListedObjective = {
  taskId: string | null;
  text: string;
  status: EventOf<'session:objective'>['status'];
};

/** What one record says about objectives. */
export type ObjectiveChange =
  | { type: 'todos'; list: ListedObjective[] }
  | { type: 'tasks'; list: ListedObjective[] }
  | { type: 'task-created'; taskId: string; text: string }
  | {
      type: 'task-updated';
      taskId: string;
      text: string | null;
      status: ListedObjective['status'] | null;
    }
  | { type: 'mark'; text: string };

type Said<K extends string, Body> = { kind: K; at: number } & Body;

/** What one record says by itself, before anything else is known of the session. */
export type Observation =
  | Said<'info', { info: InfoPatch; /** Only where nothing is known. */ weak?: true }>
  | Said<
      'turn',
      {
        phase: 'start' | 'end' | 'interrupted';
        recordId: string;
        prompt?: string;
        promptId?: string;
        durationMs?: number;
      }
    >
  | Said<'message', { recordId: string; agentId: string | null; text: string; closing: boolean }>
  | Said<'usage', { use: ResponseUse }>
  | Said<'tool', ToolSaid>
  | Said<
      'objectives',
      {
        change: ObjectiveChange;
        /** Told late or by another thread: what has changed since stands. */ aside?: true;
        /** The tool call whose result says so. */ cause?: string;
      }
    >
  | Said<'agent', AgentSaid>
  | Said<
      'compact',
      { recordId: string; trigger: string; preTokens: number | null; postTokens: number | null }
    >
  | Said<
      'error',
      {
        recordId: string;
        agentId: string | null;
        message: string;
        status: number | null;
        fatal: boolean;
      }
    >
  | Said<'exit', { recordId: string; clientCostMicrodollars: number | null }>;

export type ObservationOf<K extends Observation['kind']> = Extract<Observation, { kind: K }>;

export type InfoPatch = Partial<
  Pick<
    EventOf<'session:info'>,
    | 'visible'
    | 'project'
    | 'title'
    | 'branch'
    | 'version'
    | 'entrypoint'
    | 'permissionMode'
    | 'pullRequest'
    | 'live'
    | 'askedFor'
  >
>;

export type ToolSaid = Omit<EventOf<'session:tool'>, 'seq' | 'sessionId' | 'timestamp' | 'type'>;

export type AgentSaid = Omit<
  EventOf<'session:agent'>,
  'seq' | 'sessionId' | 'timestamp' | 'type' | 'agents'
>;
