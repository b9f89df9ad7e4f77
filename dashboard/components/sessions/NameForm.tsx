import { useState, type RefObject } from 'react';
import { Button } from '@/components/Button';

type Props = {
  label: string;
  first?: string;
  /** What the button says. */
  word: string;
  input: RefObject<HTMLInputElement | null>;
  onName: (name: string) => void;
  /** Given, Esc leaves it and nothing else. */
  onLeave?: () => void;
};

/** A field for a name, and the button that gives it. */
export function NameForm({ label, first = '', word, input, onName, onLeave }: Props) {
  const [name, setName] = useState(first);
  const trimmed = name.trim();
  return (
    <form
      className="flex min-w-0 flex-1 gap-1"
      onSubmit={(event) => {
        event.preventDefault();
        if (trimmed === '') return;
        setName(first);
        onName(trimmed);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !onLeave) return;
        event.preventDefault();
        event.stopPropagation();
        onLeave();
      }}
    >
      <input
        ref={input}
        aria-label={label}
        placeholder={label}
        value={name}
        maxLength={60}
        onChange={(event) => setName(event.target.value)}
        className="h-8 min-w-0 flex-1 rounded-sm border border-control-line bg-surface px-2 placeholder:text-ink-3"
      />
      <Button type="submit" disabled={trimmed === ''}>
        {word}
      </Button>
    </form>
  );
}
