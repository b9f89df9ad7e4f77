import path from 'node:path';

/** `~` and `~/…` as the shell would have them; it doesn't after a comma or an equals sign. */
export function expandHome(folder: string, home: string): string {
  return folder === '~' || /^~[/\\]/.test(folder) ? path.join(home, folder.slice(1)) : folder;
}
