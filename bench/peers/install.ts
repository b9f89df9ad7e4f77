import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Undo } from '../undo.js';

const run = promisify(execFile);
const INSTALL_MS = 5 * 60_000;

/** A program that people use for what ours does too. */
export type Peer = {
  name: string;
  version: string;
  /** The script that its command runs, and what it is called with. */
  script: string;
  args: (claudeDir: string) => string[];
};

const CCUSAGE = 'ccusage';
const KNOWN: Record<string, Peer['args']> = {
  [CCUSAGE]: () => ['claude', 'daily', '--json', '--offline', '--breakdown'],
  vibestats: () => ['--claude', '--daily', '--json'],
  'llm-usage-metrics': (claudeDir) => [
    ...['daily', '--source', 'claude', '--claude-dir', path.join(claudeDir, 'projects')],
    ...['--pricing-offline', '--ignore-pricing-failures', '--json', '--quiet'],
  ],
};

/**
 * Installs the newest peers into a temporary folder, none of their install scripts run. Those that
 * can't be had (no network, no program for this platform) are said aloud and left out.
 */
export async function installPeers(undo: Undo, names = Object.keys(KNOWN)): Promise<Peer[]> {
  const folder = undo.folder('peers');
  fs.writeFileSync(path.join(folder, 'package.json'), '{"private":true}');
  const peers: Peer[] = [];
  for (const name of names) {
    try {
      await npm(folder, ['install', ...(await packagesOf(folder, name))]);
      peers.push(installed(folder, name));
    } catch (error) {
      const reason = error instanceof Error ? error.message.split('\n').slice(0, 3).join(' ') : '';
      console.log(`${name.toUpperCase()} IS NOT COMPARED: it can't be installed (${reason})`);
    }
  }
  return peers;
}

/** `ccusage` is a native program in a package for each platform, which may be published later. */
async function packagesOf(folder: string, name: string): Promise<string[]> {
  if (name !== CCUSAGE) return [name];
  const program = `@ccusage/ccusage-${process.platform}-${process.arch}`;
  const { stdout } = await npm(folder, ['view', program, 'version']);
  const version = stdout.trim();
  return [`${name}@${version}`, `${program}@${version}`];
}

function npm(folder: string, args: string[]) {
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  return run('npm', [...args, ...quiet], { cwd: folder, timeout: INSTALL_MS });
}

function installed(folder: string, name: string): Peer {
  const root = path.join(folder, 'node_modules', name);
  const manifest = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    version: string;
    bin: string | Record<string, string>;
  };
  const bin = typeof manifest.bin === 'string' ? manifest.bin : Object.values(manifest.bin)[0];
  const script = path.join(root, bin ?? 'missing');
  return { name, version: manifest.version, script, args: KNOWN[name] ?? (() => []) };
}
