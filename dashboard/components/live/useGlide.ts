'use client';

import { useLayoutEffect, useRef } from 'react';

const GLIDE_MS = 180;

/**
 * When cards change places (not when the page scrolls or resizes), lets them glide there instead
 * of jumping, and gives the focus back to the card that had it. `order` changes with the places.
 */
export function useGlide(order: unknown) {
  const root = useRef<HTMLDivElement>(null);
  const places = useRef(new Map<string, { x: number; y: number }>());
  const focused = useRef<string | null>(null);
  useLayoutEffect(() => {
    const element = root.current;
    if (!element) return;
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const next = new Map<string, { x: number; y: number }>();
    for (const card of element.querySelectorAll<HTMLElement>('[data-card]')) {
      const id = card.dataset['card'] ?? '';
      const place = { x: card.offsetLeft, y: card.offsetTop };
      const before = places.current.get(id);
      next.set(id, place);
      if (id === focused.current && document.activeElement === document.body) {
        card.querySelector('a')?.focus({ preventScroll: true });
      }
      if (isStill || !before || (before.x === place.x && before.y === place.y)) continue;
      const from = `translate(${before.x - place.x}px, ${before.y - place.y}px)`;
      card.animate([{ transform: from }, { transform: 'none' }], {
        duration: GLIDE_MS,
        easing: 'ease-out',
      });
    }
    places.current = next;
    const remember = (event: FocusEvent) => {
      const target = event.target instanceof Element ? event.target.closest('[data-card]') : null;
      focused.current = target?.getAttribute('data-card') ?? null;
    };
    document.addEventListener('focusin', remember);
    return () => document.removeEventListener('focusin', remember);
  }, [order]);
  return root;
}
