'use client';

import type { ScheduledPlan } from '@claude-optimizer/protocol';
import { useRef, type CSSProperties, type PointerEvent } from 'react';
import { lookOf } from '@/components/loop/RunBadge';
import { canMove, planWord } from '@/lib/schedule/plan-words';
import { clockText, dayText, shifted, snapped, spanText } from '@/lib/schedule/local-time';
import { onPlanKey, planMark } from './plan-keys';
import type { Moving } from './useMoving';

/** So far the pointer goes before it is no click any more (px). */
const DRAG_FROM = 4;

type Props = {
  scheduled: ScheduledPlan;
  startsAt: number;
  now: number;
  moving: Moving;
  style: CSSProperties;
  /** The part of a plan that began the day before: only to be seen. */
  isRest: boolean;
  /** Of one day and one hour, for dragging (px). */
  measure: () => { dayWidth: number; hourHeight: number };
  onOpen: () => void;
};

/** A plan in the week: what, when and what becomes of it. */
export function PlanBlock(props: Props) {
  const { scheduled, startsAt, now, moving, style, isRest, onOpen } = props;
  const { plan } = scheduled;
  const word = planWord(scheduled, now);
  const { icon: Icon, color, soft } = lookOf(word);
  const isHeld = moving.held?.scheduled.plan.id === plan.id;
  const endsAt = startsAt + plan.endsAt - plan.startsAt;
  const drag = useDrag(props);
  const look = `absolute flex flex-col items-stretch justify-start overflow-hidden rounded-sm border px-1 py-0.5 text-left text-2xs leading-tight ${soft} ${isHeld ? 'z-5 ring-2 ring-accent' : ''}`;
  if (isRest) return <div aria-hidden className={`${look} opacity-70`} style={style} />;
  return (
    <button
      type="button"
      {...planMark(scheduled)}
      {...drag.handlers}
      className={`${look} focus-visible:z-5 ${canMove(scheduled, now) ? 'sm:cursor-grab' : ''}`}
      style={style}
      title={`${plan.title}\n${spanText(startsAt, endsAt)} · ${word}`}
      onClick={() => {
        if (!drag.wasDragged()) onOpen();
      }}
      onKeyDown={(event) => onPlanKey(event, scheduled, moving)}
    >
      <span className={`flex items-center gap-1 font-medium ${color}`}>
        <Icon aria-hidden className="size-3 shrink-0" strokeWidth={2.25} />
        <span className="truncate">{word}</span>
        <span className="ml-auto shrink-0 text-ink-2 tabular-nums">{clockText(startsAt)}</span>
      </span>
      <span className="truncate text-xs text-ink">{plan.title}</span>
      <span className="sr-only">
        , {dayText(startsAt)}, {spanText(startsAt, endsAt)}
      </span>
    </button>
  );
}

/** Takes the plan along with a mouse or pen; by touch the page scrolls. */
function useDrag({ scheduled, startsAt, now, moving, measure }: Props) {
  const from = useRef<{ x: number; y: number; startsAt: number } | null>(null);
  const dragged = useRef(false);
  const move = (event: PointerEvent<HTMLElement>) => {
    if (from.current === null) return;
    const [x, y] = [event.clientX - from.current.x, event.clientY - from.current.y];
    if (!dragged.current && Math.hypot(x, y) < DRAG_FROM) return;
    if (!dragged.current) {
      dragged.current = true;
      event.currentTarget.setPointerCapture(event.pointerId);
      moving.begin(scheduled);
      return;
    }
    const { dayWidth, hourHeight } = measure();
    const days = Math.round(x / dayWidth);
    moving.to(snapped(shifted(from.current.startsAt, days, Math.round((y / hourHeight) * 60))));
  };
  return {
    wasDragged: () => dragged.current,
    handlers: {
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        dragged.current = false;
        const isWanted = event.button === 0 && event.pointerType !== 'touch';
        from.current =
          isWanted && canMove(scheduled, now)
            ? { x: event.clientX, y: event.clientY, startsAt }
            : null;
      },
      onPointerMove: move,
      onPointerUp: () => {
        if (dragged.current && from.current !== null) moving.accept();
        from.current = null;
      },
      onPointerCancel: () => {
        if (dragged.current) moving.cancel();
        from.current = null;
      },
    },
  };
}
