import { syntheticMessage } from './assistant.js';
import type { Ids } from './ids.js';
import type { Step } from './script.js';
import type { SessionFacts, ThreadFile } from './thread.js';
import type { Line } from './writing.js';

/** What stands before the first prompt: another set for a person's session than for `claude -p`. */
export function opening({ id, scenario }: SessionFacts, ids: Ids, at: number): Line[] {
  if (scenario.entrypoint === 'sdk-cli') {
    const content = scenario.steps.find((step) => step.kind === 'prompt')?.text ?? '';
    return queued(id, content, at);
  }
  const messageId = ids.uuid();
  const timestamp = new Date(at).toISOString();
  return [
    { type: 'mode', mode: 'normal', sessionId: id },
    { type: 'permission-mode', permissionMode: scenario.permissionMode, sessionId: id },
    { type: 'atis-latch', atis: '', sessionId: id },
    {
      type: 'file-history-snapshot',
      messageId,
      snapshot: { messageId, trackedFileBackups: {}, timestamp },
      isSnapshotUpdate: false,
    },
  ];
}

/** A prompt goes through the client's queue. */
export function queued(sessionId: string, content: string, at: number): Line[] {
  const timestamp = new Date(at).toISOString();
  return [
    { type: 'queue-operation', operation: 'enqueue', timestamp, sessionId, content },
    { type: 'queue-operation', operation: 'dequeue', timestamp, sessionId },
  ];
}

/** What the client attaches to a session's first prompt. */
export function attachments(file: ThreadFile, facts: SessionFacts, ids: Ids, at: number): Line[] {
  const { project, model, branch } = facts.scenario;
  const day = new Date(at).toISOString().slice(0, 10);
  const parts: Line[] = [
    {
      type: 'environment',
      snapshot: {
        workingDirectory: project,
        isWorktree: false,
        isGitRepo: true,
        additionalWorkingDirectories: [],
        platform: 'linux',
        shell: 'bash',
      },
    },
    { type: 'model', identity: { modelId: model }, text: `The model is ${model}.` },
    { type: 'session_context', context: { gitStatus: `Current branch: ${branch}` } },
    { type: 'date', date: day },
  ];
  return parts.map((attachment) => file.record(ids.uuid(), at, { attachment, type: 'attachment' }));
}

/** The system record of a request that is tried again. */
export function retryBody(step: Extract<Step, { kind: 'retry' }>): Line {
  const status = String(step.status);
  return {
    type: 'system',
    subtype: 'api_error',
    level: 'error',
    error: {
      message: `${status} {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}`,
      status: step.status,
      formatted: `${status} Overloaded`,
      connection: null,
      isNetworkDown: false,
      rateLimits: null,
      noResponse: null,
    },
    retryInMs: step.waitMs,
    retryAttempt: step.attempt,
    maxRetries: step.of,
    source: 'request_retry',
  };
}

/** The record of a request that failed for good, under the model `<synthetic>`. */
export function failureBody(status: number, ids: Ids): Line {
  return {
    type: 'assistant',
    message: syntheticMessage(ids.uuid(), status),
    requestId: ids.request(),
    error: 'server_error',
    isApiErrorMessage: true,
    apiErrorStatus: status,
    apiErrorType: 'overloaded_error',
    perTurnEffort: 'medium',
    failedResponseHadNoToolCall: true,
    madeBy: 'model',
  };
}
