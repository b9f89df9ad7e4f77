'use client';

import type { Response } from '@claude-optimizer/core/story';
import { useState } from 'react';
import { Button } from '@/components/Button';
import { Cost } from '@/components/Cost';
import { ModelName } from '@/components/ModelName';
import { Tokens } from '@/components/Tokens';
import { formatClock, formatExact, formatMoment, toolName } from '@/lib/format';
import { PlaceLink } from '../story/PlaceLink';

const FIRST_ROWS = 40;
const HEADS = ['Time', 'What', 'Model', 'Input', 'Output', 'Write', 'Read', 'Cost'];
const NAMES = {
  main: 'Answer',
  agent: 'Subagent’s answer',
  aside: 'Claude Code itself',
  advisor: 'Advisor',
};

/** The responses of a turn in order, each with what it took and what it called. */
export function ResponseTable({ responses, of }: { responses: readonly Response[]; of: string }) {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? responses : responses.slice(0, FIRST_ROWS);
  return (
    <div
      className="overflow-x-auto border-t border-line py-1 pl-5"
      tabIndex={0}
      role="region"
      aria-label={`Responses of ${of}`}
    >
      <table className="w-full min-w-[40rem] text-2xs tabular-nums">
        <thead>
          <tr>
            {HEADS.map((head) => (
              <th
                key={head}
                scope="col"
                className={`px-2 py-1 font-normal text-ink-3 ${LEFT.has(head) ? 'text-left' : 'text-right'} last:pr-3`}
              >
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((response) => (
            <ResponseRow key={response.messageId} response={response} />
          ))}
        </tbody>
      </table>
      {responses.length > FIRST_ROWS && (
        <Button size="small" look="quiet" onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'Show fewer' : `Show all ${formatExact(responses.length)}`}
        </Button>
      )}
    </div>
  );
}

const LEFT = new Set(['Time', 'What', 'Model']);

function ResponseRow({ response }: { response: Response }) {
  const { at, model, usage, cost, calls, part } = response;
  const written = usage.cacheWrite5mTokens + usage.cacheWrite1hTokens;
  const called = calls.map(({ name, label }) => `${toolName(name)} ${label}`.trim()).join(' · ');
  const what = called === '' ? NAMES[part] : called;
  return (
    <tr className="border-t border-line">
      <th scope="row" className="px-2 py-1 text-left font-normal text-ink-3">
        <time dateTime={new Date(at).toISOString()} title={formatMoment(at)}>
          {formatClock(at)}
        </time>
      </th>
      <td className="max-w-80 truncate px-2 py-1" title={what}>
        <PlaceLink place={calls[0]?.toolUseId ?? null}>
          {part === 'agent' && called !== '' && <span className="text-ink-3">subagent: </span>}
          {what}
        </PlaceLink>
      </td>
      <td className="px-2 py-1 text-ink-2">
        <ModelName id={model} />
      </td>
      {[usage.inputTokens, usage.outputTokens, written, usage.cacheReadTokens].map(
        (count, index) => (
          <td key={index} className="px-2 py-1 text-right">
            <Tokens count={count} />
          </td>
        ),
      )}
      <td className="py-1 pr-3 pl-2 text-right">
        <Cost microdollars={cost} basis={response.basis} />
      </td>
    </tr>
  );
}
