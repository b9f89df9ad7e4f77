type Props = { label: string; text: string; isShort?: boolean };

/** A text exactly as it is sent. */
export function Words({ label, text, isShort = false }: Props) {
  return (
    <pre
      tabIndex={0}
      role="region"
      aria-label={label}
      className={`${isShort ? 'max-h-28' : 'max-h-56'} overflow-auto rounded-sm border border-line bg-sunken p-2 font-mono text-2xs break-words whitespace-pre-wrap`}
    >
      {text}
    </pre>
  );
}
