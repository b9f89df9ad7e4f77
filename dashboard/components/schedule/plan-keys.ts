import type { ScheduledPlan } from '@claude-optimizer/protocol';
import type { KeyboardEvent } from 'react';
import { SNAP_MINUTES } from '@/lib/schedule/local-time';
import type { Moving } from './useMoving';

const DAY_MS = 86_400_000;

/** On the button of a plan: its start, by which the arrow keys find their way. */
export const planMark = ({ plan }: ScheduledPlan) => ({ 'data-plan': plan.startsAt });

const marked = () => [...document.querySelectorAll<HTMLElement>('[data-plan]')];
const startOf = (element: HTMLElement) => Number(element.dataset['plan']);
const byStart = () => marked().toSorted((a, b) => startOf(a) - startOf(b));

/** Moves the focus over the plans in the order of their starts. */
export function focusPlan(step: 1 | -1): void {
  const plans = byStart();
  const at = plans.findIndex((each) => each === document.activeElement);
  const next = at === -1 ? (step === 1 ? 0 : plans.length - 1) : at + step;
  focusOn(plans[Math.max(0, Math.min(plans.length - 1, next))]);
}

/** To the plan of another day that is nearest to this one's time of day. */
function focusDay(from: HTMLElement, step: 1 | -1): void {
  const wanted = startOf(from) + step * DAY_MS;
  const ahead = marked().filter((each) => (startOf(each) - startOf(from)) * step > DAY_MS / 2);
  const [nearest] = ahead.toSorted(
    (a, b) => Math.abs(startOf(a) - wanted) - Math.abs(startOf(b) - wanted),
  );
  focusOn(nearest);
}

function focusOn(element: HTMLElement | undefined): void {
  element?.focus();
  element?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

const ARROWS: Readonly<Record<string, readonly [days: number, minutes: number]>> = {
  ArrowUp: [0, -SNAP_MINUTES],
  ArrowDown: [0, SNAP_MINUTES],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

/** Keys on a plan: arrows choose, `m` takes it up; then arrows move, Enter puts down, Esc lets go. */
export function onPlanKey(event: KeyboardEvent, scheduled: ScheduledPlan, moving: Moving): void {
  if (event.metaKey || event.ctrlKey || event.altKey) return;
  const isHeld = moving.held?.scheduled.plan.id === scheduled.plan.id;
  if (isHeld ? moveBy(event.key, moving) : choose(event, scheduled, moving)) {
    event.preventDefault();
    event.stopPropagation();
  }
}

function moveBy(key: string, moving: Moving): boolean {
  const arrow = ARROWS[key];
  if (arrow) moving.by(...arrow);
  else if (key === 'Enter') moving.accept();
  else if (key === 'Escape') moving.cancel();
  else return false;
  return true;
}

function choose(event: KeyboardEvent, scheduled: ScheduledPlan, moving: Moving): boolean {
  const { key, currentTarget } = event;
  if (!(currentTarget instanceof HTMLElement)) return false;
  if (key === 'ArrowDown') focusPlan(1);
  else if (key === 'ArrowUp') focusPlan(-1);
  else if (key === 'ArrowRight') focusDay(currentTarget, 1);
  else if (key === 'ArrowLeft') focusDay(currentTarget, -1);
  else if (key === 'm') moving.begin(scheduled);
  else return false;
  return true;
}
