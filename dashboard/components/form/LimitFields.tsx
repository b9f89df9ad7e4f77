import { MICRODOLLARS, type LimitsOfRun } from '@claude-optimizer/protocol';
import { AmountField } from './AmountField';

const MINUTE = 60_000;

export const NO_LIMITS: LimitsOfRun = {
  costMicrodollars: null,
  tokens: null,
  turns: null,
  wallMs: null,
};

type Props = {
  value: LimitsOfRun;
  onChange: (limits: LimitsOfRun) => void;
  placeholder?: string;
};

/** The most that a run may take. */
export function LimitFields({ value, onChange, placeholder = 'no limit' }: Props) {
  const set = (change: Partial<LimitsOfRun>) => onChange({ ...value, ...change });
  return (
    <div className="grid grid-cols-2 gap-x-3 gap-y-1 sm:grid-cols-4">
      <AmountField
        label="Budget, US dollars"
        placeholder={placeholder}
        scale={MICRODOLLARS}
        value={value.costMicrodollars}
        onChange={(costMicrodollars) => set({ costMicrodollars })}
      />
      <AmountField
        label="Minutes"
        placeholder={placeholder}
        scale={MINUTE}
        value={value.wallMs}
        onChange={(wallMs) => set({ wallMs })}
      />
      <AmountField
        label="Turns"
        placeholder={placeholder}
        value={value.turns}
        onChange={(turns) => set({ turns })}
      />
      <AmountField
        label="Tokens"
        placeholder={placeholder}
        value={value.tokens}
        onChange={(tokens) => set({ tokens })}
      />
    </div>
  );
}
