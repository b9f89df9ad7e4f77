import type { AnswerFigure } from '@claude-optimizer/protocol';
import { Cost } from '@/components/Cost';
import { ModelName } from '@/components/ModelName';
import { formatExact, formatTokens } from '@/lib/format';

type Props = { model: string | null; answer: AnswerFigure | null };

/** Above an answer: the model, and what it took. */
export function AnswerHead({ model, answer }: Props) {
  return (
    <p className="mb-1 flex flex-wrap items-center gap-x-3 text-xs text-ink-3">
      {model !== null && (
        <ModelName id={answer?.model ?? model} className="font-medium text-ink-2" />
      )}
      {answer && <Figures answer={answer} />}
    </p>
  );
}

function Figures({ answer: { usage, basis } }: { answer: AnswerFigure }) {
  const written = usage.cacheWrite5mTokens + usage.cacheWrite1hTokens;
  const parts = [
    `${formatExact(usage.inputTokens)} input`,
    `${formatExact(usage.outputTokens)} output`,
    `${formatExact(written)} cache write`,
    `${formatExact(usage.cacheReadTokens)} cache read`,
  ];
  const context = usage.inputTokens + written + usage.cacheReadTokens;
  return (
    <>
      <span title={`${parts.join(', ')} tokens`} className="tabular-nums">
        {formatTokens(context)} in · {formatTokens(usage.outputTokens)} out
      </span>
      <Cost microdollars={usage.costMicrodollars} basis={basis} />
    </>
  );
}
