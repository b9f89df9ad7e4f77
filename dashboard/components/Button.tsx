import type { ButtonHTMLAttributes, Ref } from 'react';

const SIZES = { small: 'h-6 px-2 text-xs', normal: 'h-8 px-3 text-sm' };

const LOOKS = {
  primary: 'bg-accent text-on-accent border-accent hover:brightness-110',
  plain: 'bg-surface text-ink border-line-strong hover:bg-sunken',
  quiet:
    'border-transparent text-ink-2 hover:bg-sunken hover:text-ink aria-pressed:bg-sunken aria-pressed:text-ink',
};

type Props = ButtonHTMLAttributes<HTMLButtonElement> & {
  look?: keyof typeof LOOKS;
  size?: keyof typeof SIZES;
  ref?: Ref<HTMLButtonElement>;
};

/** A button; `primary` once on a page at most. */
export function Button({ look = 'plain', size = 'normal', className = '', ...rest }: Props) {
  return (
    <button
      type="button"
      className={`inline-flex items-center justify-center gap-1.5 rounded-sm border font-medium disabled:opacity-60 ${SIZES[size]} ${LOOKS[look]} ${className}`}
      {...rest}
    />
  );
}
