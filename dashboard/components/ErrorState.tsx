import { OptimizerError } from '@claude-optimizer/protocol';
import { OctagonAlert } from 'lucide-react';
import { Button } from './Button';

type Props = { error: Error; onRetry?: () => void; className?: string };

/** What went wrong, and what to do about it. */
export function ErrorState({ error, onRetry, className = '' }: Props) {
  const fix = error instanceof OptimizerError ? error.fix : 'Reload the page.';
  return (
    <div
      role="alert"
      className={`flex max-w-xl gap-3 rounded-md border border-line bg-surface p-4 ${className}`}
    >
      <OctagonAlert aria-hidden className="size-5 shrink-0 text-danger" />
      <div className="space-y-1">
        <p className="font-semibold">{error.message}</p>
        <p className="text-ink-2">{fix}</p>
        {onRetry && (
          <Button className="mt-2" onClick={onRetry}>
            Try again
          </Button>
        )}
      </div>
    </div>
  );
}
