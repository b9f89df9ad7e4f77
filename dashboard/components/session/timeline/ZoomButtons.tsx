import { Maximize2, ZoomIn, ZoomOut } from 'lucide-react';
import { Button } from '@/components/Button';

type Props = { isWhole: boolean; onZoom: (isIn: boolean) => void; onWhole: () => void };

/** Nearer, farther, and all of it. */
export function ZoomButtons({ isWhole, onZoom, onWhole }: Props) {
  return (
    <span className="flex shrink-0">
      <Button size="small" look="quiet" aria-label="Zoom in" onClick={() => onZoom(true)}>
        <ZoomIn aria-hidden className="size-3.5" />
      </Button>
      <Button
        size="small"
        look="quiet"
        aria-label="Zoom out"
        disabled={isWhole}
        onClick={() => onZoom(false)}
      >
        <ZoomOut aria-hidden className="size-3.5" />
      </Button>
      <Button size="small" look="quiet" aria-label="Show all" disabled={isWhole} onClick={onWhole}>
        <Maximize2 aria-hidden className="size-3.5" />
      </Button>
    </span>
  );
}
