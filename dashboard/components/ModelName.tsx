import { modelName } from '@/lib/format';
import { modelColor } from '@/lib/model-color';

/** A model by its name, with the dot of its colour; its id on hover. */
export function ModelName({ id, className = '' }: { id: string; className?: string }) {
  return (
    <span className={`inline-flex items-center gap-1.5 whitespace-nowrap ${className}`} title={id}>
      <span
        aria-hidden
        className="size-2 shrink-0 rounded-full"
        style={{ background: modelColor(id) }}
      />
      {modelName(id)}
    </span>
  );
}
