import type { Command } from 'commander';

/** Adds the options of all commands that read transcripts or what was made of them. */
export function withFolders(command: Command): Command {
  return command
    .option('--claude-dir <folder>', 'folder that contains `projects`; may be repeated', collect)
    .option('--data-dir <folder>', 'where what was read is kept');
}

function collect(folder: string, before: string[] = []): string[] {
  return [...before, folder];
}
