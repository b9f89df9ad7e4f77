import { useId, type ReactNode } from 'react';

const LOOK =
  'min-w-0 rounded-sm border border-control-line bg-surface px-2 aria-[invalid=true]:border-danger';
/** A field of one line; a longer text; a choice. */
export const INPUT = `h-8 w-full ${LOOK}`;
export const TEXTAREA = `w-full py-1.5 ${LOOK}`;

type Given = { id: string; 'aria-describedby': string; 'aria-invalid': boolean };

type Props = {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  children: (given: Given) => ReactNode;
  className?: string;
};

/** A named field with its hint, or what is wrong with it. */
export function Field({ label, hint, error, children, className = '' }: Props) {
  const id = useId();
  const isWrong = error !== undefined;
  return (
    <div className={`min-w-0 ${className}`}>
      <label htmlFor={id} className="mb-1 block text-xs text-ink-2">
        {label}
      </label>
      {children({ id, 'aria-describedby': `${id}-note`, 'aria-invalid': isWrong })}
      <p
        id={`${id}-note`}
        className={`mt-0.5 text-xs empty:hidden ${isWrong ? 'text-danger' : 'text-ink-3'}`}
      >
        {error ?? hint}
      </p>
    </div>
  );
}

type TextProps = Omit<Props, 'children'> & {
  value: string;
  onChange: (value: string) => void;
  type?: 'text' | 'password' | 'url' | 'datetime-local' | 'time';
  placeholder?: string;
  isMono?: boolean;
};

/** A text of one line. */
export function TextField(props: TextProps) {
  const { value, onChange, type = 'text', placeholder, isMono = false, ...field } = props;
  return (
    <Field {...field}>
      {(given) => (
        <input
          {...given}
          type={type}
          value={value}
          placeholder={placeholder}
          autoComplete={type === 'password' ? 'new-password' : 'off'}
          spellCheck={false}
          onChange={(event) => onChange(event.target.value)}
          className={`${INPUT} ${isMono ? 'font-mono text-xs' : ''}`}
        />
      )}
    </Field>
  );
}

type LinesProps = Omit<Props, 'children'> & {
  value: readonly string[];
  onChange: (lines: string[]) => void;
  rows?: number;
  placeholder?: string;
};

/** A list, one to a line; empty lines stay until they are sent. */
export function LinesField({ value, onChange, rows = 4, placeholder, ...field }: LinesProps) {
  return (
    <Field {...field}>
      {(given) => (
        <textarea
          {...given}
          rows={rows}
          value={value.join('\n')}
          placeholder={placeholder}
          onChange={(event) => onChange(event.target.value.split('\n'))}
          className={TEXTAREA}
        />
      )}
    </Field>
  );
}

/** Lines without those that are empty. */
export const filled = (lines: readonly string[]): string[] =>
  lines.map((line) => line.trim()).filter((line) => line !== '');

type ChoiceProps<T extends string> = Omit<Props, 'children'> & {
  value: T;
  options: readonly (readonly [T, string])[];
  onChange: (value: T) => void;
};

/** One of a list. */
export function SelectField<T extends string>(props: ChoiceProps<T>) {
  const { value, options, onChange, ...field } = props;
  return (
    <Field {...field}>
      {(given) => (
        <select
          {...given}
          value={value}
          onChange={(event) => {
            const found = options.find(([name]) => name === event.target.value);
            if (found) onChange(found[0]);
          }}
          className={INPUT}
        >
          {options.map(([name, words]) => (
            <option key={name} value={name}>
              {words}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

type CheckProps = {
  label: string;
  hint?: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
};

/** Yes or no. */
export function CheckField({ label, hint, checked, onChange }: CheckProps) {
  return (
    <label className="flex items-start gap-2">
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
        className="mt-0.5 size-4 accent-[var(--accent)]"
      />
      <span>
        {label}
        {hint !== undefined && <span className="block text-xs text-ink-3">{hint}</span>}
      </span>
    </label>
  );
}
