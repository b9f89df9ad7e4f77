import type { Mark } from '@claude-optimizer/core/story';
import { MARK_LOOKS } from '../story/mark-looks';
import { MARK_GLYPHS } from './draw-head';

const SWATCHES = [
  { name: 'Turn', className: 'border border-line-strong bg-sunken' },
  { name: 'Model', className: 'bg-info' },
  { name: 'Tool', className: 'bg-accent' },
  { name: 'Failed or denied', className: 'border border-danger border-b-4 bg-danger-soft' },
  { name: 'Subagent', className: 'border border-accent bg-accent-soft' },
];

const HATCHED = 'repeating-linear-gradient(135deg, transparent 0 3px, currentColor 3px 4px)';

/** What the bars and signs mean; of the signs, those that there are. */
export function Legend({ marks }: { marks: readonly Mark[] }) {
  const kinds = [...new Set(marks.map(({ kind }) => kind))];
  return (
    <ul
      aria-label="What the bars mean"
      className="flex flex-wrap gap-x-4 gap-y-1 border-t border-line px-3 py-2 text-2xs text-ink-2"
    >
      {SWATCHES.map(({ name, className }) => (
        <li key={name} className="flex items-center gap-1.5">
          <span aria-hidden className={`h-3 w-5 ${className}`} />
          {name}
        </li>
      ))}
      <li className="flex items-center gap-1.5">
        <span aria-hidden className="h-3 w-5 text-ink-3" style={{ background: HATCHED }} />
        Waiting for the next prompt
      </li>
      <li className="flex items-center gap-1.5">
        <span
          aria-hidden
          className="h-3 w-5 border border-warning text-warning"
          style={{ background: HATCHED }}
        />
        Waiting for a permission or an answer
      </li>
      {kinds.map((kind) => (
        <li key={kind} className="flex items-center gap-1">
          <span aria-hidden className={MARK_LOOKS[kind].color}>
            {MARK_GLYPHS[kind]}
          </span>
          {MARK_LOOKS[kind].name}
        </li>
      ))}
    </ul>
  );
}
