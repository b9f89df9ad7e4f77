import { sessionNeed } from '@claude-optimizer/core/fold';
import type { SessionSummary } from '@claude-optimizer/protocol';
import { Command } from 'cmdk';
import type { ReactNode } from 'react';
import { StatusBadge } from '@/components/StatusBadge';
import { useNow } from '@/lib/clock';
import { projectName } from '@/lib/format';
import { sessionTitle } from '@/lib/session-title';
import type { PaletteCommand } from './commands';

const ITEM =
  'flex h-8 cursor-pointer items-center gap-2 rounded-sm px-2 data-[selected=true]:bg-accent-soft';

/** A part of the palette's list; nothing when it is empty. */
export function Group({ heading, children }: { heading: string; children: ReactNode[] }) {
  if (children.length === 0) return null;
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-2xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-ink-3"
    >
      {children}
    </Command.Group>
  );
}

type CommandProps = { command: PaletteCommand; onSelect: () => void };

/** A page or an action. */
export function CommandItem({ command: { name, icon }, onSelect }: CommandProps) {
  return (
    <Command.Item value={name} onSelect={onSelect} className={ITEM}>
      <span aria-hidden className="text-ink-3 [&>svg]:size-4">
        {icon}
      </span>
      {name}
    </Command.Item>
  );
}

type SessionProps = { session: SessionSummary; onSelect: () => void };

/** A session by title, project and status. */
export function SessionItem({ session, onSelect }: SessionProps) {
  const now = useNow();
  return (
    <Command.Item value={session.id} onSelect={onSelect} className={ITEM}>
      <span className="min-w-0 flex-1 truncate">{sessionTitle(session)}</span>
      <span className="w-28 truncate text-right text-xs text-ink-2 sm:w-36">
        {projectName(session.project)}
      </span>
      <StatusBadge
        status={session.status}
        need={sessionNeed(session, now)}
        className="w-32 max-sm:hidden"
      />
    </Command.Item>
  );
}
