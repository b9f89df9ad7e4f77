import type { ModelDifference, Rates } from '@claude-optimizer/core';
import type { MalformedLine } from '@claude-optimizer/protocol';

/** How things stand on this machine, as `claude-optimizer doctor` found them. Sizes in bytes. */
export type DoctorReport = {
  version: string;
  node: string;
  claudeDirs: { path: string; exists: boolean; transcripts: number; bytes: number }[];
  store: {
    path: string;
    exists: boolean;
    bytes: number;
    /** What it holds; null when there is none or it can't be opened. */
    holds: { sessions: number; events: number; filesRead: number } | null;
  };
  /** The newest lines that could not be read, and how many there are. */
  malformed: { total: number; lines: MalformedLine[] };
  /** Our costs beside the client's own sums; null without a store. */
  costs: Reconciliation | null;
  daemon: { url: string | null; pid: number; startedAt: number } | null;
  dashboard: { path: string; built: boolean };
  /** Where `claude` is on the PATH; null when it isn't. */
  claude: string | null;
  /** What is in the way, and what to do about it. */
  problems: { message: string; fix: string }[];
};

/** A session whose cost is another by the client's own sum. Costs in micro-dollars. */
export type CostDifference = {
  sessionId: string;
  title: string | null;
  /** When the client wrote its sum (epoch ms). */
  at: number;
  oursMicrodollars: number | null;
  clientsMicrodollars: number;
  /** The models in which they part; empty where the transcript is gone. */
  models: (ModelDifference & { model: string })[];
};

export type Reconciliation = {
  /** How many sessions have a sum of the client. */
  compared: number;
  /** How many of them differ. */
  differ: number;
  /** The newest that differ. */
  differences: CostDifference[];
  /** Responses that never got their final output count: more was used than is known. */
  incomplete: number;
  /** What in `config.json` would settle what a price explains; null: nothing. */
  override: { prices: Record<string, Rates> } | null;
};
