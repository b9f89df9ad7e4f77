'use client';

import { Command } from 'cmdk';
import { useState } from 'react';
import { Dialog } from '@/components/Dialog';
import { SessionItem } from '@/components/palette/items';
import { useSessionSearch } from '@/hooks/useSessionSearch';

type Props = { taken: readonly string[]; onPick: (id: string) => void; onClose: () => void };

/** Finds a session by its words; those that are compared already aren't offered. */
export function SessionPicker({ taken, onPick, onClose }: Props) {
  const [text, setText] = useState('');
  const { sessions, isSearching } = useSessionSearch(text);
  const offered = sessions.filter(({ id }) => !taken.includes(id));
  return (
    <Dialog label="Choose a session" onClose={onClose} className="max-w-xl">
      <Command label="Choose a session" loop shouldFilter={false}>
        <Command.Input
          value={text}
          onValueChange={setText}
          placeholder="Title, prompt, project or branch"
          className="h-11 w-full border-b border-line bg-transparent px-4 text-base outline-none placeholder:text-ink-3"
        />
        <Command.List className="max-h-[min(28rem,60dvh)] overflow-y-auto p-2">
          <Command.Empty className="px-2 py-6 text-center text-ink-2">
            {isSearching ? 'Searching …' : 'Nothing found.'}
          </Command.Empty>
          {offered.map((session) => (
            <SessionItem key={session.id} session={session} onSelect={() => onPick(session.id)} />
          ))}
        </Command.List>
      </Command>
    </Dialog>
  );
}
