'use client';

import type { OpenTool } from '@claude-optimizer/protocol';
import { Elapsed } from '@/components/Duration';
import { ToolIcon } from '@/components/ToolIcon';
import { useSessionField } from '@/lib/feed/hooks';
import { toolName } from '@/lib/format';
import type { Attention } from '@claude-optimizer/core/live';

/** The one line that says what is going on: the tool that runs, the question, the error. */
export function NowLine({ id, attention }: { id: string; attention: Attention }) {
  switch (attention) {
    case 'answer':
      return <OpenToolLine id={id} color="text-warning" />;
    case 'running':
      return <OpenToolLine id={id} color="text-ink-2" />;
    case 'failed':
      return <ErrorLine id={id} />;
    case 'prompt':
    case 'idle':
      return <SilenceLine id={id} />;
  }
}

/** The main thread's tool is what holds the session up; else the oldest of its subagents'. */
function foremost(tools: readonly OpenTool[]): OpenTool | null {
  return tools.find((tool) => tool.agentId === null) ?? tools[0] ?? null;
}

function OpenToolLine({ id, color }: { id: string; color: string }) {
  const tool = useSessionField(id, (session) => foremost(session.openTools));
  const count = useSessionField(id, (session) => session.openTools.length) ?? 0;
  if (!tool) return <p className="h-5 truncate text-xs leading-5 text-ink-3">Thinking</p>;
  return (
    <p className={`flex h-5 items-center gap-1.5 text-xs ${color}`}>
      <ToolIcon name={tool.name} />
      <span className="shrink-0 font-medium">{toolName(tool.name)}</span>
      <span className="min-w-0 flex-1 truncate font-mono text-2xs" title={tool.label}>
        {tool.label}
      </span>
      {count > 1 && (
        <span className="shrink-0 text-ink-3" title={`${count} tools are open`}>
          +{count - 1}
        </span>
      )}
      <Elapsed since={tool.startedAt} className="shrink-0" />
    </p>
  );
}

function ErrorLine({ id }: { id: string }) {
  const error = useSessionField(id, (session) => session.lastError);
  return (
    <p className="h-5 truncate text-xs leading-5 text-danger" title={error ?? undefined}>
      {error ?? 'Ended by an error'}
    </p>
  );
}

function SilenceLine({ id }: { id: string }) {
  const since = useSessionField(id, (session) => session.lastAt) ?? 0;
  return (
    <p className="h-5 truncate text-xs leading-5 text-ink-3">
      Silent for <Elapsed since={since} />
    </p>
  );
}
