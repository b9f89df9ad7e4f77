import path from 'node:path';
import type { NextConfig } from 'next';
import { PHASE_DEVELOPMENT_SERVER } from 'next/constants';

const common: NextConfig = {
  reactStrictMode: true,
  // The workspaces beside us are compiled packages of the same repository.
  turbopack: { root: path.join(import.meta.dirname, '..') },
  // `npm run types` checks types; a start after a fresh clone need not wait for it.
  typescript: { ignoreBuildErrors: true, tsconfigPath: 'tsconfig.next.json' },
  devIndicators: false,
  agentRules: false,
};

/** Under `next dev` what the page asks of its own origin is passed on to the server. */
function devConfig(server: string): NextConfig {
  return {
    ...common,
    // The socket's path ends with a slash.
    skipTrailingSlashRedirect: true,
    rewrites: () =>
      Promise.resolve([
        { source: '/api/:path*', destination: `${server}/api/:path*` },
        { source: '/socket.io', destination: `${server}/socket.io/` },
        // As the server does: one page for all sessions.
        { source: '/sessions/:id', destination: '/sessions/_' },
      ]),
  };
}

/** Built as static files that our own server (or any static host) serves; see README.md. */
export default function config(phase: string): NextConfig {
  return phase === PHASE_DEVELOPMENT_SERVER
    ? devConfig(process.env['CLAUDE_OPTIMIZER_SERVER'] ?? 'http://127.0.0.1:3001')
    : { ...common, output: 'export' };
}
