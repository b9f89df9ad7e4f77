import { homedir } from 'node:os';
import path from 'node:path';
import { OptimizerError } from '@claude-optimizer/protocol';
import envPaths from 'env-paths';
import { readClaudeDirs } from '../config/claude-dirs.js';
import { expandHome } from '../config/expand-home.js';
import { chosen, type Flags } from '../config/setting.js';

/** The folders of the configuration alone, in a fraction of the time. Throws `config_invalid`. */
export function readFolders(flags: Pick<Flags, 'claudeDir' | 'dataDir'>): {
  claudeDirs: readonly string[];
  dataDir: string;
} {
  const { env } = process;
  const home = homedir();
  const dataDir = chosen(['--data-dir', flags.dataDir], env, 'CLAUDE_OPTIMIZER_HOME');
  if (dataDir?.value.trim() === '') {
    throw new OptimizerError('config_invalid', `${dataDir.source} must name a folder.`, {
      fix: `Correct ${dataDir.source}, or leave it out for the default.`,
    });
  }
  const claudeDir = chosen(['--claude-dir', flags.claudeDir?.join(',')], env, 'CLAUDE_CONFIG_DIR');
  return {
    claudeDirs: readClaudeDirs(claudeDir, home),
    dataDir: dataDir
      ? path.resolve(expandHome(dataDir.value, home))
      : envPaths('claude-optimizer', { suffix: '' }).data,
  };
}
