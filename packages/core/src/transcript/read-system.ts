import { fieldsAt, numberAt, preview, textAt, type Fields } from './fields.js';
import type { Scene } from './scene.js';

const ERROR_LENGTH = 300;

/** Reads a system record: the turn's end, retries of the API, compaction. */
export function readSystem(scene: Scene, record: Fields): void {
  const { at, recordId, agentId } = scene;
  switch (record['subtype']) {
    case 'turn_duration':
      endTurn(scene, numberAt(record, 'durationMs'));
      break;
    case 'stop_hook_summary':
      endTurn(scene, null);
      break;
    case 'local_command':
      scene.state.command = null;
      break;
    case 'compact_boundary': {
      const metadata = fieldsAt(record, 'compactMetadata');
      scene.say({
        kind: 'compact',
        at,
        recordId,
        trigger: textAt(metadata, 'trigger') ?? 'auto',
        preTokens: wholeAt(metadata, 'preTokens'),
        postTokens: wholeAt(metadata, 'postTokens'),
      });
      break;
    }
    case 'api_error':
      scene.say({
        kind: 'error',
        at,
        recordId,
        agentId,
        message: retryMessage(record),
        status: wholeAt(fieldsAt(record, 'error'), 'status'),
        fatal: false,
      });
      break;
  }
}

function endTurn(scene: Scene, durationMs: number | null): void {
  if (scene.agentId !== null || scene.state.role !== 'main') return;
  scene.say({
    kind: 'turn',
    at: scene.at,
    phase: 'end',
    recordId: scene.recordId,
    ...(durationMs === null ? {} : { durationMs: Math.round(durationMs) }),
  });
}

/** A retry of the API in words. */
export function retryMessage(record: Fields): string {
  const error = fieldsAt(record, 'error');
  const cause = fieldsAt(record, 'cause') ?? fieldsAt(error, 'cause');
  const what =
    textAt(error, 'message') ??
    textAt(cause, 'code') ??
    `status ${String(wholeAt(error, 'status') ?? 'unknown')}`;
  const attempt = wholeAt(record, 'retryAttempt');
  const most = wholeAt(record, 'maxRetries');
  const nth = attempt === null ? '' : ` (retry ${String(attempt)} of ${String(most ?? '?')})`;
  return preview(`API error: ${what}${nth}`, ERROR_LENGTH);
}

function wholeAt(fields: Fields | null, key: string): number | null {
  const value = numberAt(fields, key);
  return value === null ? null : Math.trunc(value);
}
