'use client';

import { TEXT_PIECE, type Located, type ShownText } from '@claude-optimizer/protocol';
import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatExact } from '@/lib/format';
import { foldKey } from '@/lib/conversation/conversation-store';
import { useConversation, useShown } from './context';
import { Markdown } from './Markdown';
import { MoreButton } from './MoreButton';
import { PlainText } from './PlainText';

type Look = 'plain' | 'mono' | 'box' | 'markdown';
type Props = {
  at: Located;
  text: ShownText;
  look: Look;
  /** The words under which it is folded away. */
  folded?: string;
  isOpen?: boolean;
  label?: string;
};

/** A text with a way to its rest where the page has only its beginning. */
export function LongText({ at, text, look, folded, isOpen = false, label }: Props) {
  const body = (
    <>
      <Body text={text.text} look={look} label={label} />
      <Rest at={at} text={text} />
    </>
  );
  if (folded === undefined) return body;
  return (
    <Folded at={at} words={folded} isOpen={isOpen}>
      {body}
    </Folded>
  );
}

function Rest({ at, text: { text, length } }: { at: Located; text: ShownText }) {
  if (text.length >= length) return null;
  // A cut never parts a pair of surrogates: it may be one shorter than asked for.
  const pieces = Math.ceil((text.length + 1) / TEXT_PIECE);
  const upTo = text.length < TEXT_PIECE - 1 ? TEXT_PIECE : (pieces + 1) * TEXT_PIECE;
  const words =
    length <= upTo
      ? `Show all ${formatExact(length)} characters`
      : `Show ${formatExact(upTo - text.length)} more of ${formatExact(length)} characters`;
  return <MoreButton at={at} words={words} upTo={upTo} />;
}

function Body({ text, look, label }: { text: string; look: Look; label: string | undefined }) {
  switch (look) {
    case 'markdown':
      return <Markdown text={text} />;
    case 'plain':
      return <PlainText text={text} />;
    case 'mono':
      return <PlainText text={text} mono />;
    case 'box':
      return (
        <div
          tabIndex={0}
          role="group"
          aria-label={label ?? 'Output'}
          className="max-h-96 overflow-auto rounded-sm border border-line bg-sunken px-3 py-2"
        >
          <PlainText text={text} mono />
        </div>
      );
  }
}

type FoldedProps = { at: Located; words: string; isOpen: boolean; children: ReactNode };

/** Something that is there when asked for. */
function Folded({ at, words, isOpen, children }: FoldedProps) {
  const { store } = useConversation();
  const key = foldKey(at);
  const isShown = useShown((shown) => shown.isUnfolded(key, isOpen));
  return (
    <div>
      <button
        type="button"
        aria-expanded={isShown}
        onClick={() => store.unfold(key, !isShown)}
        className="-mx-1 flex items-center gap-1 rounded-sm px-1 text-xs text-ink-3 hover:bg-sunken hover:text-ink"
      >
        <ChevronRight aria-hidden className={`size-3 ${isShown ? 'rotate-90' : ''}`} />
        {words}
      </button>
      {isShown && <div className="mt-1 border-l border-line pl-3 text-ink-2">{children}</div>}
    </div>
  );
}
