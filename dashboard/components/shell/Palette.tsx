'use client';

import { sessionNeed } from '@claude-optimizer/core/fold';
import type { SessionSummary } from '@claude-optimizer/protocol';
import { Command } from 'cmdk';
import { Activity, HeartPulse, List, Play, Square, SunMoon } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState, type ReactNode } from 'react';
import { Dialog } from '@/components/Dialog';
import { StatusBadge } from '@/components/StatusBadge';
import { useAction } from '@/hooks/useAction';
import { useSessionSearch } from '@/hooks/useSessionSearch';
import { startDemo, stopDemo } from '@/lib/api';
import { useDemo } from '@/lib/feed/hooks';
import { projectName } from '@/lib/format';
import { sessionHref } from '@/lib/session-path';
import { sessionTitle } from '@/lib/session-title';
import { setTheme, themes, useTheme } from '@/lib/theme/theme';

/** Jump to a session or page, or do one of the few things that belong to no page. */
export function Palette({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState('');
  const router = useRouter();
  const { sessions, isSearching } = useSessionSearch(text);
  const isDemo = useDemo().running;
  const theme = useTheme();
  const go = (href: string) => {
    onClose();
    router.push(href);
  };
  const { run, error } = useAction();
  const act = (action: () => Promise<void>) => run(() => action().then(onClose));
  return (
    <Dialog label="Jump to" onClose={onClose} className="max-w-xl">
      <Command label="Jump to a session or page" loop>
        <Command.Input
          value={text}
          onValueChange={setText}
          placeholder="Session, project or page"
          className="h-11 w-full border-b border-line bg-transparent px-4 text-base outline-none placeholder:text-ink-3"
        />
        {error && (
          <p role="alert" className="border-b border-line px-4 py-2 text-danger">
            {error.message}
          </p>
        )}
        <Command.List className="max-h-[min(24rem,60dvh)] overflow-y-auto p-2">
          <Command.Empty className="px-2 py-6 text-center text-ink-2">
            {isSearching ? 'Searching …' : 'Nothing found.'}
          </Command.Empty>
          <Group heading="Sessions">
            {sessions.map((session) => (
              <SessionItem
                key={session.id}
                session={session}
                onSelect={() => go(sessionHref(session.id))}
              />
            ))}
          </Group>
          <Group heading="Pages">
            <Item icon={<Activity />} name="Live" onSelect={() => go('/')} />
            <Item icon={<List />} name="All sessions" onSelect={() => go('/sessions')} />
            <Item icon={<HeartPulse />} name="Health" onSelect={() => go('/health')} />
          </Group>
          <Group heading="Actions">
            {isDemo ? (
              <Item icon={<Square />} name="Stop the demo" onSelect={() => act(stopDemo)} />
            ) : (
              <Item
                icon={<Play />}
                name="Watch the demo"
                onSelect={() => act(() => startDemo(4))}
              />
            )}
            {themes
              .filter((each) => each !== theme)
              .map((each) => (
                <Item
                  key={each}
                  icon={<SunMoon />}
                  name={each === 'system' ? 'Theme of the system' : `Theme: ${each}`}
                  onSelect={() => {
                    onClose();
                    setTheme(each);
                  }}
                />
              ))}
          </Group>
        </Command.List>
      </Command>
    </Dialog>
  );
}

const ITEM =
  'flex h-8 cursor-pointer items-center gap-2 rounded-sm px-2 data-[selected=true]:bg-accent-soft';

function Group({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-2xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-ink-3"
    >
      {children}
    </Command.Group>
  );
}

type ItemProps = { icon: ReactNode; name: string; onSelect: () => void };

function Item({ icon, name, onSelect }: ItemProps) {
  return (
    <Command.Item value={name} onSelect={onSelect} className={ITEM}>
      <span aria-hidden className="text-ink-3 [&>svg]:size-4">
        {icon}
      </span>
      {name}
    </Command.Item>
  );
}

function SessionItem({ session, onSelect }: { session: SessionSummary; onSelect: () => void }) {
  const title = sessionTitle(session);
  const project = projectName(session.project);
  return (
    <Command.Item
      value={session.id}
      keywords={[title, project, session.branch ?? '']}
      onSelect={onSelect}
      className={ITEM}
    >
      <span className="min-w-0 flex-1 truncate">{title}</span>
      <span className="w-28 truncate text-right text-xs text-ink-2 sm:w-36">{project}</span>
      <StatusBadge
        status={session.status}
        need={sessionNeed(session, Date.now())}
        className="w-32 max-sm:hidden"
      />
    </Command.Item>
  );
}
