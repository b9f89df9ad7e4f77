'use client';

import type { AnswerFigure, Located, Passage, PassageOf } from '@claude-optimizer/protocol';
import { memo, type ReactNode } from 'react';
import { formatExact, formatTokens } from '@/lib/format';
import { AnswerHead } from './AnswerHead';
import { useConversation, useShown } from './context';
import { Enclosures } from './Enclosures';
import { LongText } from './LongText';
import { Note } from './Note';
import { PassageFrame } from './PassageFrame';
import { ToolPassage } from './ToolPassage';

type Props = {
  passage: Passage;
  thread: string;
  depth: number;
  answer: AnswerFigure | null;
  isCurrent: boolean;
};

/** One passage of a conversation, with whose it is. */
export const PassageView = memo(function PassageView(props: Props) {
  const { passage, thread, depth, answer, isCurrent } = props;
  const opens = 'opens' in passage && passage.opens;
  return (
    <PassageFrame passage={passage} thread={thread} depth={depth} isCurrent={isCurrent}>
      {opens && passage.messageId !== null && <AnswerHead model={passage.model} answer={answer} />}
      <Content passage={passage} thread={thread} />
    </PassageFrame>
  );
});

const FROM = {
  typed: 'You',
  queued: 'You, while it worked',
  program: 'A program',
  agent: 'Asked of the subagent',
  client: 'Put in by Claude Code',
};

/** Whose words they are; what an aside begins with was asked by nobody's subagent. */
function From({ source, thread }: { source: PassageOf<'prompt'>['source']; thread: string }) {
  const said = useShown(({ main }) => main.threads.find(({ id }) => id === thread));
  const aside = said?.aside ?? null;
  if (source !== 'agent' || aside === null) return FROM[source];
  return aside === 'question' ? 'You, by the way' : 'Asked by Claude Code';
}

function Content({ passage, thread }: { passage: Passage; thread: string }): ReactNode {
  const at = { thread, index: passage.index };
  switch (passage.kind) {
    case 'prompt':
      return passage.source === 'client' ? (
        <LongText at={at} text={passage.text} folded={FROM.client} look="plain" />
      ) : (
        <div className="rounded-md border-l-2 border-accent bg-accent-soft px-3 py-2">
          <p className="mb-1 text-xs font-semibold text-ink-2">
            <From source={passage.source} thread={thread} />
          </p>
          <LongText at={at} text={passage.text} look="plain" />
          <Enclosures at={at} enclosures={passage.enclosures} />
        </div>
      );
    case 'command':
      return (
        <div className="rounded-md border-l-2 border-accent bg-accent-soft px-3 py-2 font-mono text-xs">
          <span className="sr-only">{passage.shell ? 'Shell command' : 'Command'}: </span>
          <LongText
            at={at}
            text={{ ...passage.text, text: (passage.shell ? '! ' : '') + passage.text.text }}
            look="mono"
          />
        </div>
      );
    case 'output':
      return (
        <LongText
          at={at}
          text={passage.text}
          look="box"
          label={passage.failed ? 'Error output' : 'Output'}
        />
      );
    case 'text':
      return <LongText at={at} text={passage.text} look="markdown" />;
    case 'thinking':
      return passage.hidden ? (
        <Note label="Thinking" words="kept by the provider, not in the transcript" />
      ) : (
        <LongText
          at={at}
          text={passage.text}
          folded={`Thinking · ${formatExact(passage.text.length)} characters`}
          look="plain"
        />
      );
    case 'tool':
      return <ToolPassage passage={passage} at={at} />;
    case 'compaction':
      return <Rule words={compacted(passage.trigger, passage.preTokens, passage.postTokens)} />;
    case 'summary':
      return (
        <LongText
          at={at}
          text={passage.text}
          folded={`Summary that the session went on with · ${formatExact(passage.text.length)} characters`}
          look="markdown"
        />
      );
    case 'interruption':
      return (
        <Note
          tone="warning"
          label="Interrupted"
          words={passage.ofTool ? 'by you, during a tool' : 'by you'}
        />
      );
    case 'failure':
      return (
        <div className="rounded-md border border-danger/40 bg-danger-soft px-3 py-2">
          <p className="text-xs font-semibold text-danger">
            {passage.fatal ? 'The API failed' : 'The API failed, tried again'}
            {passage.status !== null && ` · ${String(passage.status)}`}
          </p>
          <LongText at={at} text={passage.text} look="plain" />
        </div>
      );
    case 'notification':
      return (
        <LongText
          at={at}
          text={passage.text}
          folded={`In the background: ${passage.status ?? 'ended'}`}
          isOpen={passage.text.length < 300}
          look="markdown"
        />
      );
    case 'teammate':
      return (
        <div className="rounded-md border-l-2 border-info bg-info-soft px-3 py-2">
          <p className="mb-1 text-xs font-semibold text-ink-2">{passage.from.slice(0, 80)}</p>
          <LongText at={at} text={passage.text} look="markdown" />
        </div>
      );
    case 'notice':
      return passage.text.length <= 160 ? (
        <Note tone={passage.level} label={passage.label} words={passage.text.text} />
      ) : (
        <LongText at={at} text={passage.text} folded={passage.label} look="plain" />
      );
    case 'title':
      return <Note label="Titled" words={passage.text.text} />;
    case 'other':
      return <Note label="Other record" words={passage.type} />;
    case 'unreadable':
      return (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Note
            tone="warning"
            label="Unreadable line"
            words={`${passage.reason} · ${formatExact(passage.bytes)} bytes from byte ${formatExact(passage.byte)}`}
          />
          <RecordButton at={at} />
        </div>
      );
  }
}

/** What can't be read can still be looked at as it stands. */
function RecordButton({ at }: { at: Located }) {
  const { showRaw } = useConversation();
  return (
    <button
      type="button"
      onClick={() => showRaw(at)}
      className="rounded-sm text-xs text-accent underline-offset-2 hover:underline"
    >
      Show the line
    </button>
  );
}

function compacted(trigger: string, before: number | null, after: number | null): string {
  const how = trigger === 'manual' ? 'by you' : 'by itself';
  const from = before === null ? '' : ` · ${formatTokens(before)} tokens`;
  return `Compacted ${how}${from}${after === null ? '' : ` → ${formatTokens(after)}`}`;
}

function Rule({ words }: { words: string }) {
  return (
    <div className="flex items-center gap-3 py-1 text-xs font-medium text-info">
      <span aria-hidden className="h-px flex-1 bg-line-strong" />
      {words}
      <span aria-hidden className="h-px flex-1 bg-line-strong" />
    </div>
  );
}
