import { Circle, CircleCheck, CircleDot } from 'lucide-react';
import { visibleText } from '@claude-optimizer/protocol';

const STATES: Record<string, { Icon: typeof Circle; words: string; look: string }> = {
  completed: { Icon: CircleCheck, words: 'done', look: 'text-good' },
  in_progress: { Icon: CircleDot, words: 'in progress', look: 'text-accent' },
};
const PENDING = { Icon: Circle, words: 'to do', look: 'text-ink-3' };

/** A todo list as it was written; entries that are none are passed over. */
export function TodoList({ todos }: { todos: unknown }) {
  if (!Array.isArray(todos)) return null;
  return (
    <ul className="space-y-0.5">
      {todos.map((todo: unknown, at) => {
        const { content, status } = fieldsOf(todo);
        if (typeof content !== 'string') return null;
        const { Icon, words, look } = stateOf(status);
        return (
          <li key={at} className="flex items-start gap-1.5 text-xs">
            <Icon aria-hidden className={`mt-0.5 size-3.5 shrink-0 ${look}`} />
            <span className="sr-only">{words}: </span>
            <span dir="auto" className={status === 'completed' ? 'text-ink-3' : ''}>
              {visibleText(content)}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function stateOf(status: unknown): typeof PENDING {
  if (typeof status !== 'string' || !Object.hasOwn(STATES, status)) return PENDING;
  return STATES[status] ?? PENDING;
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
