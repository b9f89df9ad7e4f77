/** A text exactly as it is sent. */
export function Words({ label, text }: { label: string; text: string }) {
  return (
    <pre
      tabIndex={0}
      role="region"
      aria-label={label}
      className="max-h-56 overflow-auto rounded-sm border border-line bg-sunken p-2 font-mono text-2xs break-words whitespace-pre-wrap"
    >
      {text}
    </pre>
  );
}
