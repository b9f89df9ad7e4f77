'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import { setTheme, themes, useTheme } from '@/lib/theme/theme';

const ICONS = { system: Monitor, light: Sun, dark: Moon };
const WORDS = { system: 'as the system', light: 'light', dark: 'dark' };

/** One button through the three themes; it shows the one that is chosen. */
export function ThemeSwitch() {
  const theme = useTheme();
  const Icon = ICONS[theme];
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system';
  return (
    <button
      type="button"
      onClick={() => setTheme(next)}
      title={`Theme: ${WORDS[theme]}`}
      className="inline-flex size-8 items-center justify-center rounded-sm text-ink-2 hover:bg-sunken hover:text-ink max-sm:hidden"
    >
      <Icon aria-hidden className="size-4" />
      <span className="sr-only">{`Theme: ${WORDS[theme]}. Change to ${WORDS[next]}`}</span>
    </button>
  );
}
