import {
  Activity,
  CalendarDays,
  ChartColumn,
  GitCompareArrows,
  HeartPulse,
  List,
  Play,
  Settings,
  Square,
  SunMoon,
  Terminal,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { startDemo, stopDemo } from '@/lib/api';
import { setTheme, themes, type Theme } from '@/lib/theme/theme';

/** Something that the palette can do beside opening a session. */
export type PaletteCommand = { name: string; icon: ReactNode } & (
  { href: string } | { run: () => Promise<void> | void }
);

export const PAGES: readonly PaletteCommand[] = [
  { name: 'Live', icon: <Activity />, href: '/' },
  { name: 'All sessions', icon: <List />, href: '/sessions' },
  { name: 'Compare sessions', icon: <GitCompareArrows />, href: '/compare' },
  { name: 'Usage', icon: <ChartColumn />, href: '/usage' },
  { name: 'Schedule', icon: <CalendarDays />, href: '/schedule' },
  { name: 'Settings', icon: <Settings />, href: '/settings' },
  { name: 'Health', icon: <HeartPulse />, href: '/health' },
];

/** What can be done now. */
export function actionsFor(isDemo: boolean, theme: Theme, launch: () => void): PaletteCommand[] {
  const demo: PaletteCommand = isDemo
    ? { name: 'Stop the demo', icon: <Square />, run: stopDemo }
    : { name: 'Watch the demo', icon: <Play />, run: () => startDemo(4) };
  const others = themes
    .filter((each) => each !== theme)
    .map((each) => ({
      name: each === 'system' ? 'Theme of the system' : `Theme: ${each}`,
      icon: <SunMoon />,
      run: () => setTheme(each),
    }));
  return [{ name: 'Launch a session', icon: <Terminal />, run: launch }, demo, ...others];
}
