'use client';

import type { Located, PassageOf } from '@claude-optimizer/protocol';
import type { ReactNode } from 'react';
import { CodeBlock, languageOf } from './CodeBlock';
import { Diff, useHunks } from './Diff';
import { Markdown } from './Markdown';
import { MoreButton } from './MoreButton';
import { PlainText } from './PlainText';
import { Questions } from './Questions';
import { TodoList } from './TodoList';

type Props = { passage: PassageOf<'tool'>; at: Located };

/** What a tool was given, in the form that suits it; all cut inputs lead to the rest. */
export function ToolInput({ passage, at }: Props) {
  return (
    <>
      <Input passage={passage} />
      {(passage.inputCut || passage.result?.hunksCut === true) && (
        <MoreButton at={at} words="Show all of it" />
      )}
    </>
  );
}

function Input({ passage }: { passage: PassageOf<'tool'> }) {
  const { input, name, result } = passage;
  const text = (key: string) => textIn(input, key);
  const file = text('file_path') ?? text('notebook_path');
  // Its line names it already, unless it was too long for it.
  const path = file === passage.label ? null : file;
  const hunks = result?.outcome === 'ok' ? result.hunks : null;
  switch (name) {
    case 'Edit':
    case 'MultiEdit':
      return (
        <Titled path={path}>
          {hunks ? <Diff hunks={hunks} numbered /> : <Edits edits={editsOf(name, input)} />}
        </Titled>
      );
    case 'Write':
    case 'NotebookEdit':
      return (
        <Titled path={path}>
          {hunks ? (
            <Diff hunks={hunks} numbered />
          ) : (
            <CodeBlock
              text={text('content') ?? text('new_source') ?? ''}
              language={languageOf(file ?? '')}
            />
          )}
        </Titled>
      );
    case 'Bash':
      return <CodeBlock text={text('command') ?? ''} language="bash" />;
    case 'TodoWrite':
      return <TodoList todos={input['todos']} />;
    case 'ExitPlanMode':
      return <Markdown text={text('plan') ?? ''} />;
    case 'AskUserQuestion':
      return <Questions questions={input['questions']} twin={result?.twin} />;
    case 'Task':
    case 'Agent':
      return <PlainText text={text('prompt') ?? ''} className="text-ink-2" />;
    default:
      return <Anything input={input} />;
  }
}

function Titled({ path, children }: { path: string | null; children: ReactNode }) {
  return (
    <div className="space-y-1">
      {path !== null && <PlainText text={path} mono className="text-ink-3" />}
      {children}
    </div>
  );
}

type Edit = { before: string; after: string };

function Edits({ edits }: { edits: readonly Edit[] }) {
  return (
    <div className="space-y-2">
      {edits.map(({ before, after }, at) => (
        <OneEdit key={at} before={before} after={after} />
      ))}
    </div>
  );
}

function OneEdit({ before, after }: Edit) {
  const hunks = useHunks(before, after);
  return <Diff hunks={hunks} numbered={false} />;
}

function editsOf(name: string, input: Record<string, unknown>): Edit[] {
  const edits = name === 'MultiEdit' && Array.isArray(input['edits']) ? input['edits'] : [input];
  return edits.map((edit: unknown) => ({
    before: textIn(edit, 'old_string') ?? '',
    after: textIn(edit, 'new_string') ?? '',
  }));
}

function Anything({ input }: { input: Record<string, unknown> }) {
  const entries = Object.entries(input);
  if (entries.length === 0) return null;
  return (
    <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-3 gap-y-0.5 text-xs">
      {entries.map(([key, value]) => (
        <div key={key} className="contents">
          <dt className="max-w-40 truncate text-ink-3">{key}</dt>
          <dd className="max-h-60 overflow-auto">
            <PlainText
              text={typeof value === 'string' ? value : JSON.stringify(value, null, 2)}
              mono
            />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function textIn(fields: unknown, key: string): string | null {
  if (typeof fields !== 'object' || fields === null) return null;
  const value = (fields as Record<string, unknown>)[key];
  return typeof value === 'string' ? value : null;
}
