import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { preload } from 'react-dom';
import { AppShell } from '@/components/shell/AppShell';
import { EARLY_SCRIPT } from '@/lib/feed/early';
import { THEME_SCRIPT } from '@/lib/theme/theme-script';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Claude Code Optimizer', template: '%s · Claude Code Optimizer' },
  description: 'What your Claude Code sessions are doing right now.',
};

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f6f6f4' },
    { media: '(prefers-color-scheme: dark)', color: '#121211' },
  ],
};

/** The file that wght.css names for Latin: asked for at once, not only when a text wants it. */
const INTER = new URL(
  '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  import.meta.url,
);

export default function Layout({ children }: { children: ReactNode }) {
  preload(INTER.pathname, { as: 'font', type: 'font/woff2', crossOrigin: 'anonymous' });
  return (
    <html lang="en" suppressHydrationWarning>
      <head>
        <script dangerouslySetInnerHTML={{ __html: THEME_SCRIPT + EARLY_SCRIPT }} />
      </head>
      <body>
        <AppShell>{children}</AppShell>
      </body>
    </html>
  );
}
