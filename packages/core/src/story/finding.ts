import { sumUp } from './cost-rows.js';
import type { Response } from './responses.js';

const MINUTE = 60_000;

/** From when on something is worth a word. Chosen so that an ordinary session has few of them. */
export const FINDING_RULES = {
  /** The provider's cache lasts 5 minutes, or an hour where it was asked to. */
  shortPauseMs: 5 * MINUTE,
  longPauseMs: 60 * MINUTE,
  /** So many tokens sent anew, and at most this share read, is a miss. */
  missTokens: 10_000,
  missShare: 0.5,
  /** Tokens in front of the model from which on a response is called long. */
  longContext: 100_000,
  /** Times that the same file was read. */
  repeatedReads: 3,
  /** Tokens that one step brought. */
  largeResult: 10_000,
  /** A turn with so little output that changed no file. */
  smallOutput: 500,
} as const;

/** What a case of a finding is about. */
export type About =
  | { type: 'pause'; ms: number }
  | { type: 'model'; from: string; to: string }
  | { type: 'context' }
  | { type: 'file'; file: string; reads: number }
  | { type: 'calls'; calls: { name: string; label: string }[] }
  | { type: 'turn'; number: number; prompt: string | null; models: string[] };

/** One case of a finding: what it is about, where it is, and its figures. */
export type Evidence = {
  at: number;
  about: About;
  /** Where to look in the conversation: a tool call or a record. */
  place: string | null;
  tokens: number;
  /** Micro-dollars of its responses; null when unknown, or when it isn't about responses. */
  cost: number | null;
};

export type FindingKind =
  | 'miss-after-hour'
  | 'miss-after-pause'
  | 'miss'
  | 'long-context'
  | 'repeated-reads'
  | 'large-results'
  | 'top-model'
  | 'failed-calls';

/** Something that made the session dearer than it need have been, with its evidence. */
export type Finding = {
  kind: FindingKind;
  /** Tokens that it is about, all cases together. */
  tokens: number;
  /** What its responses cost, each counted once; null when unknown or not about responses. */
  cost: number | null;
  /** Responses in it without a known price. */
  unpriced: number;
  evidence: Evidence[];
};

/** A finding about single responses; the dearest come first. */
export function findingOf(
  kind: FindingKind,
  cases: readonly { response: Response; tokens: number; about: About }[],
): Finding {
  const { cost, unpriced } = sumUp(cases.map(({ response }) => response));
  const evidence = cases.map(({ response, tokens, about }) => ({
    at: response.at,
    about,
    place: response.calls[0]?.toolUseId ?? null,
    tokens,
    cost: response.cost,
  }));
  return { kind, tokens: tokensOf(evidence), cost, unpriced, evidence: dearestFirst(evidence) };
}

/** Tokens of all cases together. */
export function tokensOf(evidence: readonly Evidence[]): number {
  return evidence.reduce((sum, { tokens }) => sum + tokens, 0);
}

/** The dearest first, and then the largest. */
export function dearestFirst(evidence: readonly Evidence[]): Evidence[] {
  return [...evidence].sort((a, b) => (b.cost ?? 0) - (a.cost ?? 0) || b.tokens - a.tokens);
}
