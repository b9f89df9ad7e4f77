'use client';

import type { Ask, AskAnswer } from '@claude-optimizer/protocol';
import { useState } from 'react';
import { Button } from '@/components/Button';
import { INPUT } from '@/components/form/Field';

type Question = Ask['questions'][number];
/** What was chosen of a question, and what was written instead. */
type Said = { labels: readonly string[]; other: string };
const NOTHING: Said = { labels: [], other: '' };

const textOf = ({ labels, other }: Said): string =>
  [...labels, ...(other.trim() === '' ? [] : [other.trim()])].join(', ');

/** The client's own questions, as a form. */
export function AskQuestions(props: {
  ask: Ask;
  answer: (answer: AskAnswer) => void;
  isBusy: boolean;
}) {
  const { ask, answer, isBusy } = props;
  const [said, setSaid] = useState<Readonly<Record<string, Said>>>({});
  const answers = Object.fromEntries(
    ask.questions.map(({ question }) => [question, textOf(said[question] ?? NOTHING)]),
  );
  const isWhole = Object.values(answers).every((text) => text !== '');
  return (
    <form
      className="space-y-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (isWhole) answer({ decision: 'answers', answers });
      }}
    >
      {ask.questions.map((question) => (
        <OneQuestion
          key={question.question}
          question={question}
          said={said[question.question] ?? NOTHING}
          onChange={(next) => setSaid((before) => ({ ...before, [question.question]: next }))}
        />
      ))}
      <Button type="submit" disabled={isBusy || !isWhole}>
        Answer
      </Button>
    </form>
  );
}

type OneProps = { question: Question; said: Said; onChange: (said: Said) => void };

function OneQuestion({ question, said, onChange }: OneProps) {
  const { multiSelect, options } = question;
  const toggle = (label: string) => {
    const isOn = said.labels.includes(label);
    const others = said.labels.filter((each) => each !== label);
    if (multiSelect) onChange({ ...said, labels: isOn ? others : [...others, label] });
    else onChange({ labels: [label], other: '' });
  };
  return (
    <fieldset className="space-y-1">
      <legend className="mb-1 font-medium">{question.question}</legend>
      {options.map(({ label, description }) => (
        <label key={label} className="flex items-start gap-2">
          <input
            type={multiSelect ? 'checkbox' : 'radio'}
            name={question.question}
            checked={said.labels.includes(label)}
            onChange={() => toggle(label)}
            className="mt-0.5 size-4 accent-[var(--accent)]"
          />
          <span>
            {label}
            <span className="block text-xs text-ink-3">{description}</span>
          </span>
        </label>
      ))}
      <input
        aria-label={`Something else: ${question.question}`}
        placeholder="Something else"
        value={said.other}
        onChange={({ target: { value } }) =>
          onChange({ labels: multiSelect ? said.labels : [], other: value })
        }
        className={INPUT}
      />
    </fieldset>
  );
}
