import { objectiveKey } from '@claude-optimizer/core';
import type { EventOf, SessionEvent, Unnumbered } from '@claude-optimizer/protocol';
import { eventKey, REPEATABLE } from './event-key.js';

/** Types of the events from which `Told` is made. */
export const TELLING = [...REPEATABLE, 'session:objective'] as const;

/** Without an id, the same words within so many ms are the same prompt. */
const SAME_PROMPT_MS = 5_000;
const MAX_PROMPTS = 500;

type Prompt = { at: number; text: string; id: string | null; live: boolean; confirmed: boolean };

/**
 * What was told before of a session whose lines are read a second time, or of which hooks tell
 * what its transcript will repeat. It follows from the session's stored events alone.
 */
export class Told {
  /** Epoch ms up to which the session was told when this was made. */
  readonly until: number;
  /** Whether the session stands in several copies, each of which may repeat another. */
  copied = false;
  readonly #keys = new Set<string>();
  readonly #prompts: Prompt[] = [];
  #promptAt = 0;

  constructor(events: readonly SessionEvent[], until: number) {
    this.until = until;
    for (const event of events) this.add(event);
  }

  /** Takes note of an event that is being told. */
  add(event: Unnumbered): void {
    const key = eventKey(event);
    if (key !== null) this.#keys.add(key);
    if (event.type === 'session:turn' && event.phase === 'start') this.#addPrompt(event);
    if (event.type === 'session:objective') {
      for (const task of taskKeys(event)) this.#keys.add(task);
    }
  }

  /** Whether a second reading of the same line would tell the event again. */
  hasLine(event: Unnumbered): boolean {
    const key = eventKey(event);
    return key !== null && this.#keys.has(key);
  }

  /** Whether a hook has told what a line says now, or told what came after it. */
  hasHeard(event: Unnumbered): boolean {
    if (event.type === 'session:tool') return this.hasLine(event);
    if (event.type !== 'session:turn') return false;
    if (event.phase === 'end') return event.timestamp < this.#promptAt;
    if (event.phase !== 'start') return false;
    const same = this.#prompts.find(
      (prompt) => prompt.live && !prompt.confirmed && isSame(prompt, event),
    );
    if (same) same.confirmed = true;
    return same !== undefined;
  }

  /** Whether what a hook says has been told, by a line or another hook. */
  hasSeen(event: Unnumbered): boolean {
    if (event.type === 'session:tool') return this.hasLine(event);
    if (event.type !== 'session:turn' || event.phase !== 'start') return false;
    return this.#prompts.some((prompt) =>
      event.promptId === undefined
        ? !prompt.live && isSame(prompt, event)
        : prompt.id === event.promptId || (prompt.id === null && isSame(prompt, event)),
    );
  }

  /** Whether a task was told before with these words, and as completed if that is asked. */
  hasTask(taskId: string, text: string, completed: boolean): boolean {
    return this.#keys.has(completed ? doneKey(taskId) : taskKey(taskId, text));
  }

  /** Whether the start of this tool call was told. */
  hasStarted(toolUseId: string): boolean {
    return this.#keys.has(`tool start ${toolUseId}`);
  }

  #addPrompt(event: EventOf<'session:turn'> | Unnumbered<EventOf<'session:turn'>>): void {
    this.#promptAt = Math.max(this.#promptAt, event.timestamp);
    this.#prompts.push({
      at: event.timestamp,
      text: event.prompt ?? '',
      id: event.promptId ?? null,
      live: event.recordId.startsWith('hook:'),
      confirmed: false,
    });
    if (this.#prompts.length > MAX_PROMPTS) this.#prompts.shift();
  }
}

function isSame(prompt: Prompt, event: Unnumbered<EventOf<'session:turn'>>): boolean {
  if (prompt.id !== null && event.promptId !== undefined) return prompt.id === event.promptId;
  const near = Math.abs(prompt.at - event.timestamp) <= SAME_PROMPT_MS;
  return near && prompt.text === (event.prompt ?? '');
}

function taskKeys(event: Unnumbered<EventOf<'session:objective'>>): string[] {
  const { taskId, text, status } = event;
  if (taskId === null) return [];
  return [taskKey(taskId, text), ...(status === 'completed' ? [doneKey(taskId)] : [])];
}

function taskKey(taskId: string, text: string): string {
  return `task ${taskId} ${objectiveKey(text)}`;
}

function doneKey(taskId: string): string {
  return `done ${taskId}`;
}
