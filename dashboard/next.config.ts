import path from 'node:path';
import type { NextConfig } from 'next';

/** Built as static files that our own server (or any static host) serves; see README.md. */
const config: NextConfig = {
  output: 'export',
  reactStrictMode: true,
  // The workspaces beside us are compiled packages of the same repository.
  turbopack: { root: path.join(import.meta.dirname, '..') },
  // `npm run types` checks types; a start after a fresh clone need not wait for it.
  typescript: { ignoreBuildErrors: true, tsconfigPath: 'tsconfig.next.json' },
  devIndicators: false,
  agentRules: false,
};

export default config;
