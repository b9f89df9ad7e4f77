import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { OptimizerError } from '@claude-optimizer/protocol';
import { readClaudeDirs } from './claude-dirs.js';
import type { Config } from './config.js';
import { platformDataDir } from './data-dir.js';
import { expandHome } from './expand-home.js';
import { chosen, readSetting, type Flags } from './setting.js';
import {
  devOriginSchema,
  folderSchema,
  hostSchema,
  LOOPBACK_FIX,
  logLevelSchema,
  portSchema,
} from './setting-schemas.js';

export const DEFAULT_PORT = 3001;
const DEFAULT_HOST = '127.0.0.1';
/** The exported dashboard, seen from the sources, their build and the bundle alike. */
const DASHBOARD_DIR = findAbove('dashboard/out', import.meta.dirname);

function findAbove(wanted: string, folder: string): string {
  const here = path.join(folder, wanted);
  const above = path.dirname(folder);
  // Not built yet: its place within the checkout is told by the sources beside it.
  return existsSync(path.dirname(here)) || above === folder ? here : findAbove(wanted, above);
}

export type ConfigSources = {
  flags?: Flags;
  env?: Readonly<Record<string, string | undefined>>;
  home?: string;
};

/**
 * The configuration from flags, then environment, then defaults. Throws `config_invalid` or
 * `host_refused`, naming the flag or variable and what it should be.
 */
export function readConfig({
  flags = {},
  env = process.env,
  home = homedir(),
}: ConfigSources = {}): Config {
  const devOrigin = readSetting(
    chosen(undefined, env, 'CLAUDE_OPTIMIZER_DEV_ORIGIN'),
    devOriginSchema,
  );
  const dataDir = readSetting(
    chosen(['--data-dir', flags.dataDir], env, 'CLAUDE_OPTIMIZER_HOME'),
    folderSchema,
  );
  return Object.freeze({
    port: readSetting(chosen(['--port', flags.port], env, 'PORT'), portSchema) ?? DEFAULT_PORT,
    host: readHost(flags.host) ?? DEFAULT_HOST,
    claudeDirs: readClaudeDirs(
      chosen(['--claude-dir', flags.claudeDir?.join(',')], env, 'CLAUDE_CONFIG_DIR'),
      home,
    ),
    dataDir: dataDir === undefined ? platformDataDir() : path.resolve(expandHome(dataDir, home)),
    dashboardDir: DASHBOARD_DIR,
    open: flags.open ?? false,
    demo: flags.demo ?? false,
    autoStart: flags.autoStart ?? true,
    logLevel: readSetting(chosen(['--log-level', flags.logLevel]), logLevelSchema) ?? 'info',
    ...(devOrigin !== undefined && { devOrigin }),
  });
}

function readHost(flag: string | undefined): string | undefined {
  const setting = chosen(['--host', flag]);
  if (setting === undefined || hostSchema.safeParse(setting.value).success) {
    return readSetting(setting, hostSchema);
  }
  throw new OptimizerError(
    'host_refused',
    `--host ${setting.value} would let other machines in, and nothing protects the page from them yet.`,
    { fix: LOOPBACK_FIX },
  );
}
