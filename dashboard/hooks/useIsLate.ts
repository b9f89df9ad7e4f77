'use client';

import { useEffect, useState } from 'react';

/** False until `ms` after the first render: what the first view doesn't need can wait for it. */
export function useIsLate(ms: number): boolean {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return isLate;
}
