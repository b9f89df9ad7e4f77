import type { OpenTool } from '@claude-optimizer/protocol';
import { CircleCheck, OctagonAlert, Target } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { Elapsed } from '@/components/Duration';
import { ToolIcon } from '@/components/ToolIcon';
import { toolName } from '@/lib/format';
import { shows, type Shown } from './shows';

const FIELDS = ['status', 'openTools', 'currentObjective', 'lastError'] as const;

type Props = { summary: Shown<typeof FIELDS> };

/** What happens at this moment: open tools, the current objective, the last error. */
export const NowStrip = memo(function NowStrip({ summary }: Props) {
  const isRunning = summary.status === 'running' || summary.status === 'waiting';
  const tools = isRunning ? summary.openTools : [];
  const { currentObjective, lastError } = summary;
  return (
    // Three lines or three columns, whatever they hold: nothing below moves when a tool starts.
    <div className="grid h-21 grid-cols-1 content-center rounded-md border border-line bg-surface px-3 text-xs sm:h-9 sm:grid-cols-[2fr_1.5fr_1fr] sm:gap-x-5">
      <Tools tools={tools} atRest={isRunning ? 'No tool is open' : 'Nothing is running'} />
      <Cell
        icon={<Target aria-hidden className="size-3.5 shrink-0" />}
        text={currentObjective}
        color="text-ink-2"
        otherwise="No objective in progress"
      />
      {lastError === null ? (
        <Cell
          icon={<CircleCheck aria-hidden className="size-3.5 shrink-0" />}
          text={null}
          otherwise="No error"
        />
      ) : (
        <Cell
          icon={<OctagonAlert aria-hidden className="size-3.5 shrink-0" />}
          text={lastError}
          color="text-danger"
        />
      )}
    </div>
  );
}, shows(FIELDS));

/** The tool that has been open for longest, and how many more there are. */
function Tools({ tools, atRest }: { tools: readonly OpenTool[]; atRest: string }) {
  const tool = tools[0];
  if (!tool) return <p className="flex h-6 items-center text-ink-3">{atRest}</p>;
  const all = tools.map(({ name, label }) => `${toolName(name)} ${label}`).join('\n');
  return (
    <p className="flex h-6 min-w-0 items-center gap-1.5 text-info" title={all}>
      <ToolIcon name={tool.name} />
      <span className="font-medium whitespace-nowrap">{toolName(tool.name)}</span>
      <span className="truncate font-mono text-2xs text-ink-2">{tool.label}</span>
      <Elapsed since={tool.startedAt} className="whitespace-nowrap" />
      {tools.length > 1 && (
        <span className="whitespace-nowrap text-ink-3">and {tools.length - 1} more</span>
      )}
    </p>
  );
}

type CellProps = { icon: ReactNode; text: string | null; color?: string; otherwise?: string };

function Cell({ icon, text, color = '', otherwise }: CellProps) {
  return (
    <p
      className={`flex h-6 min-w-0 items-center gap-1.5 ${text === null ? 'text-ink-3' : color}`}
      title={text ?? undefined}
    >
      {icon}
      <span className="truncate">{text ?? otherwise}</span>
    </p>
  );
}
