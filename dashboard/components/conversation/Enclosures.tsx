'use client';

import { pictureTypes, type Enclosure, type Located } from '@claude-optimizer/protocol';
import { FileText, ImageOff } from 'lucide-react';
import { useState } from 'react';
import { formatBytes } from '@/lib/bytes';
import { pictureAddress } from '@/lib/conversation/conversation-api';
import { useConversation } from './context';

const SHOWN = new Set<string>(pictureTypes);

/** Pictures and documents that came with a text. */
export function Enclosures({ at, enclosures }: { at: Located; enclosures: readonly Enclosure[] }) {
  if (enclosures.length === 0) return null;
  return (
    <ul className="mt-2 flex flex-wrap gap-2">
      {enclosures.map((enclosure) => (
        <li key={enclosure.n}>
          {SHOWN.has(enclosure.mediaType) ? (
            <Picture at={at} enclosure={enclosure} />
          ) : (
            <Named enclosure={enclosure} />
          )}
        </li>
      ))}
    </ul>
  );
}

function Picture({ at, enclosure }: { at: Located; enclosure: Enclosure }) {
  const { store } = useConversation();
  const [isBroken, setBroken] = useState(false);
  if (isBroken) return <Named enclosure={enclosure} />;
  const address = pictureAddress(store.sessionId, at, enclosure.n);
  const words = `Picture ${String(enclosure.n + 1)}, ${formatBytes(enclosure.bytes)}`;
  return (
    <a href={address} target="_blank" rel="noopener noreferrer" title={words}>
      {/* Its height is set beforehand, so that nothing moves when it comes. */}
      <img
        src={address}
        alt={words}
        loading="lazy"
        decoding="async"
        onError={() => setBroken(true)}
        className="h-40 max-w-full rounded-sm border border-line bg-surface object-contain"
      />
    </a>
  );
}

function Named({ enclosure: { mediaType, bytes, name } }: { enclosure: Enclosure }) {
  const Icon = mediaType.startsWith('image') ? ImageOff : FileText;
  return (
    <span className="inline-flex items-center gap-1.5 rounded-sm border border-line bg-surface px-2 py-1 text-xs text-ink-2">
      <Icon aria-hidden className="size-3.5" />
      {name ?? mediaType} · {formatBytes(bytes)}
    </span>
  );
}
