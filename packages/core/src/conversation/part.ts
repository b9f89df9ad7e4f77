import type { Hunk, PassageOf, PassageResult } from '@claude-optimizer/protocol';
import type { Fields } from '../transcript/fields.js';

/** A picture or document as it stands in a record; `data` is base64, null where it has none. */
export type Enclosed = { mediaType: string; data: string | null; name: string | null };

/** A tool's result as its record has it; what is long is read when it is asked for. */
export type ResultPart = {
  kind: 'result';
  toolUseId: string;
  outcome: PassageResult['outcome'];
  readonly text: string;
  readonly enclosed: Enclosed[];
  readonly hunks: Hunk[] | null;
  twin: unknown;
};

/** What one record holds, texts whole; a result becomes a part of its call's passage. */
export type Part =
  | { kind: 'prompt'; source: PassageOf<'prompt'>['source']; text: string; enclosed: Enclosed[] }
  | { kind: 'command'; shell: boolean; text: string }
  | { kind: 'output'; failed: boolean; text: string }
  | { kind: 'text'; text: string }
  | { kind: 'thinking'; hidden: boolean; text: string }
  | { kind: 'tool'; toolUseId: string; name: string; label: string; input: Fields }
  | ResultPart
  | {
      kind: 'compaction';
      trigger: string;
      preTokens: number | null;
      postTokens: number | null;
    }
  | { kind: 'summary'; text: string }
  | { kind: 'interruption'; ofTool: boolean }
  | { kind: 'failure'; text: string; status: number | null; fatal: boolean }
  | { kind: 'notification'; status: string | null; toolUseId: string | null; text: string }
  | { kind: 'teammate'; from: string; text: string }
  | { kind: 'notice'; label: string; level: 'plain' | 'warning'; text: string }
  | { kind: 'title'; text: string }
  | { kind: 'other'; type: string };

/** The label of the notice that names a pull request. */
export const PULL_REQUEST = 'Pull request';

/** A notice of the client, with what it says. */
export function notice(
  label: string,
  text: string,
  level: 'plain' | 'warning' = 'plain',
): Extract<Part, { kind: 'notice' }> {
  return { kind: 'notice', label, level, text };
}
