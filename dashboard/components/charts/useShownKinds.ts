import { useState } from 'react';
import type { TokenKind } from './token-kinds';

/** The kinds of tokens that a chart shows. Cache reads are off at first: they dwarf all else. */
export function useShownKinds(): [ReadonlySet<TokenKind>, (kind: TokenKind) => void] {
  const [shown, setShown] = useState<ReadonlySet<TokenKind>>(
    () => new Set<TokenKind>(['input', 'output', 'cacheWrite']),
  );
  const toggle = (kind: TokenKind) =>
    setShown((before) => {
      const next = new Set(before);
      if (!next.delete(kind)) next.add(kind);
      return next;
    });
  return [shown, toggle];
}
