'use client';

import { useEffect, useState } from 'react';
import { RowPace } from '@/lib/sessions/row-pace';

/** A row has some thirty nodes: so many are made, styled, laid out and painted in half of 50 ms. */
const PER_FRAME = 6;

const pace = new RowPace(PER_FRAME, (then) => requestAnimationFrame(then));

/** Whether a row is to be made by now; one that was made stays. `isWanted`: it can be. */
export function usePacedRow(isWanted: boolean): boolean {
  const [isMade, setMade] = useState(() => isWanted && pace.take());
  useEffect(() => {
    if (!isWanted || isMade) return undefined;
    return pace.wait(() => setMade(true));
  }, [isWanted, isMade]);
  return isWanted && isMade;
}
