'use client';

import type { Run } from '@claude-optimizer/protocol';
import { useNow } from '@/lib/clock';
import { amountText, LIMIT_NAMES, LIMIT_WORDS, wallOf } from '@/lib/loop/run-words';

/** Where the person is warned. */
const MARKS = [50, 80, 95] as const;

/** How much of each limit is used, with the marks at which it warns. */
export function RunMeters({ run }: { run: Run }) {
  const now = useNow();
  const { limits, spent } = run;
  const used = { ...spent, wallMs: wallOf(run, now) };
  const named = LIMIT_NAMES.filter((name) => limits[name] !== null);
  if (named.length === 0) return <p className="text-ink-2">This run has no limits of its own.</p>;
  return (
    <dl className="space-y-2">
      {named.map((name) => {
        const limit = limits[name] ?? 0;
        const percent = ((used[name] ?? 0) / limit) * 100;
        return (
          <div key={name} className="grid grid-cols-[1fr_auto] gap-x-2 text-xs">
            <dt className="text-ink-2">{LIMIT_WORDS[name].name}</dt>
            <dd className="tabular-nums">
              {amountText(name, used[name])}{' '}
              <span className="text-ink-2">
                of {amountText(name, limit)} · {Math.floor(percent)}%
              </span>
            </dd>
            <dd className="col-span-2">
              <Bar percent={percent} label={`${LIMIT_WORDS[name].name}: ${Math.floor(percent)}%`} />
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function Bar({ percent, label }: { percent: number; label: string }) {
  const color =
    percent >= 100 ? 'var(--danger)' : percent >= 80 ? 'var(--warning)' : 'var(--accent)';
  return (
    <div role="img" aria-label={label} className="relative mt-1 h-2 rounded-full bg-line">
      <div
        className="h-full rounded-full"
        style={{ width: `${Math.min(100, percent)}%`, background: color }}
      />
      {MARKS.map((mark) => (
        <span
          key={mark}
          title={`Warns at ${mark} %`}
          className="absolute inset-y-0 w-px bg-ink-3"
          style={{ left: `${mark}%` }}
        />
      ))}
    </div>
  );
}
