'use client';

import { Command } from 'cmdk';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Dialog } from '@/components/Dialog';
import { useAction } from '@/hooks/useAction';
import { useSessionSearch } from '@/hooks/useSessionSearch';
import { useDemo } from '@/lib/feed/hooks';
import { sessionHref } from '@/lib/session-path';
import { useTheme } from '@/lib/theme/theme';
import { hasWords } from '@/lib/words';
import { actionsFor, PAGES, type PaletteCommand } from './commands';
import { CommandItem, Group, SessionItem } from './items';

/** Jump to a session or page, or do one of the few things that belong to no page. */
export function Palette({ onClose, onLaunch }: { onClose: () => void; onLaunch: () => void }) {
  const [text, setText] = useState('');
  const [moved, setMoved] = useState<string | null>(null);
  const router = useRouter();
  const { run, error } = useAction();
  const { sessions, isSearching } = useSessionSearch(text);
  const fits = ({ name }: PaletteCommand) => hasWords(name, text.trim());
  const pages = PAGES.filter(fits);
  const actions = actionsFor(useDemo().running, useTheme(), onLaunch).filter(fits);

  const go = (href: string) => {
    onClose();
    router.push(href);
  };
  const perform = (command: PaletteCommand) => {
    if ('href' in command) go(command.href);
    else
      run(async () =>
        Promise.resolve(command.run()).then(command.run === onLaunch ? undefined : onClose),
      );
  };
  const commandGroups = [
    { heading: 'Pages', commands: pages },
    { heading: 'Actions', commands: actions },
  ].map(({ heading, commands }) => (
    <Group key={heading} heading={heading}>
      {commands.map((command) => (
        <CommandItem key={command.name} command={command} onSelect={() => perform(command)} />
      ))}
    </Group>
  ));
  const sessionGroup = (
    <Group key="Sessions" heading="Sessions">
      {sessions.map((session) => (
        <SessionItem
          key={session.id}
          session={session}
          onSelect={() => go(sessionHref(session.id))}
        />
      ))}
    </Group>
  );
  // Sessions are what is mostly wanted; once something is typed, a page that fits is meant.
  const isTyped = text.trim() !== '';
  const groups = isTyped ? [commandGroups, sessionGroup] : [sessionGroup, commandGroups];
  const ids = sessions.map(({ id }) => id);
  const names = [...pages, ...actions].map(({ name }) => name);
  const first = (isTyped ? [...names, ...ids] : [...ids, ...names])[0] ?? '';
  return (
    <Dialog label="Jump to" onClose={onClose} className="max-w-xl">
      <Command
        label="Jump to a session or page"
        loop
        shouldFilter={false}
        // What arrives later doesn't take the choice away from the person.
        value={moved !== null && [...ids, ...names].includes(moved) ? moved : first}
        onValueChange={setMoved}
      >
        <Command.Input
          value={text}
          onValueChange={(next) => {
            setText(next);
            setMoved(null);
          }}
          placeholder="Session, project or page"
          className="h-11 w-full border-b border-line bg-transparent px-4 text-base outline-none placeholder:text-ink-3"
        />
        {error && (
          <p role="alert" className="border-b border-line px-4 py-2 text-danger">
            {error.message}
          </p>
        )}
        <Command.List className="max-h-[min(28rem,60dvh)] overflow-y-auto p-2">
          <Command.Empty className="px-2 py-6 text-center text-ink-2">
            {isSearching ? 'Searching …' : 'Nothing found.'}
          </Command.Empty>
          {groups}
        </Command.List>
      </Command>
    </Dialog>
  );
}
