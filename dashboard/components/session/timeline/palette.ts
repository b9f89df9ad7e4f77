'use client';

import { useSyncExternalStore } from 'react';
import { useTheme } from '@/lib/theme/theme';

const COLORS = {
  surface: 'surface',
  sunken: 'sunken',
  line: 'line',
  strong: 'line-strong',
  ink: 'ink',
  ink2: 'ink-2',
  ink3: 'ink-3',
  accent: 'accent',
  accentSoft: 'accent-soft',
  onAccent: 'on-accent',
  good: 'good',
  warning: 'warning',
  danger: 'danger',
  dangerSoft: 'danger-soft',
  info: 'info',
  infoSoft: 'info-soft',
} as const;

export type Palette = Record<keyof typeof COLORS, string>;

/** Names the theme that is shown, the person's or the system's; another name, other colours. */
export function useThemeKey(): string {
  const theme = useTheme();
  const isDark = useSyncExternalStore(watchSystem, isSystemDark, () => false);
  return `${theme} ${isDark}`;
}

function systemTheme(): MediaQueryList {
  return matchMedia('(prefers-color-scheme: dark)');
}

const isSystemDark = () => systemTheme().matches;

function watchSystem(listener: () => void): () => void {
  const system = systemTheme();
  system.addEventListener('change', listener);
  return () => system.removeEventListener('change', listener);
}

let known: { key: string; palette: Palette } | null = null;

/** The page's colours as a canvas understands them; read anew for another theme. */
export function paletteOf(probe: HTMLElement, key: string): Palette {
  if (known?.key !== key) known = { key, palette: readPalette(probe) };
  return known.palette;
}

// `light-dark()` is resolved where a colour is used, not where it is named.
function readPalette(element: HTMLElement): Palette {
  const before = element.style.color;
  const entries = Object.entries(COLORS).map(([name, token]) => {
    element.style.color = `var(--${token})`;
    return [name, getComputedStyle(element).color];
  });
  element.style.color = before;
  return Object.fromEntries(entries) as Palette;
}
