'use client';

import { useState } from 'react';
import { Field, INPUT } from './Field';

type Props = {
  label: string;
  /** In the unit that is stored; null is none, NaN what can't be read. */
  value: number | null;
  /** How many stored units make one that is typed. */
  scale?: number;
  onChange: (value: number | null) => void;
  hint?: string;
  error?: string | undefined;
  placeholder?: string;
  className?: string;
};

/** An amount above 0, or nothing. */
export function AmountField(props: Props) {
  const { label, value, scale = 1, onChange, hint, error, placeholder = 'no limit' } = props;
  const [text, setText] = useState(() => written(value, scale));
  const [shown, setShown] = useState(value);
  if (!Object.is(shown, value)) {
    setShown(value);
    if (!Object.is(read(text, scale), value)) setText(written(value, scale));
  }
  const wrong = Number.isNaN(value) ? 'A number above 0, or nothing' : error;
  return (
    <Field label={label} hint={hint} error={wrong} className={props.className ?? ''}>
      {(given) => (
        <input
          {...given}
          inputMode="decimal"
          autoComplete="off"
          value={text}
          placeholder={placeholder}
          onChange={(event) => {
            setText(event.target.value);
            onChange(read(event.target.value, scale));
          }}
          className={`${INPUT} tabular-nums`}
        />
      )}
    </Field>
  );
}

function read(text: string, scale: number): number | null {
  const plain = text.replace(/[$,\s]/gu, '');
  if (plain === '') return null;
  const value = Math.round(Number(plain) * scale);
  return Number.isSafeInteger(value) && value > 0 ? value : Number.NaN;
}

function written(value: number | null, scale: number): string {
  return value === null || Number.isNaN(value) ? '' : String(value / scale);
}
