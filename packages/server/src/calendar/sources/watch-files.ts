import { realpathSync, watch, type FSWatcher } from 'node:fs';
import path from 'node:path';

const DEBOUNCE_MS = 200;

/**
 * Calls back when something in these folders (or one of these files, also by a file that is moved
 * into its place) has changed, once for what comes together. Where nothing can be watched it is
 * silent: the feed looks each minute anyway. Returns the stopper.
 */
export function watchPlaces(
  { folders, files }: { folders: readonly string[]; files: readonly string[] },
  onChange: () => void,
): () => void {
  const watchers: FSWatcher[] = [];
  let timer: NodeJS.Timeout | null = null;
  const notice = () => {
    timer ??= setTimeout(() => {
      timer = null;
      onChange();
    }, DEBOUNCE_MS);
  };
  const watchFolder = (folder: string, isMeant: (name: string) => boolean) => {
    try {
      const watcher = watch(folder, (_kind, name) => {
        if (name === null || isMeant(name)) notice();
      });
      watcher.on('error', () => {
        watcher.close();
        notice();
      });
      watchers.push(watcher);
    } catch {
      // Not there, or no watches left.
    }
  };
  for (const folder of folders) watchFolder(folder, () => true);
  for (const file of new Set(files.flatMap((file) => [file, realOf(file)]))) {
    // The folder, as most programs save by moving a new file into the old one's place.
    watchFolder(path.dirname(file), (name) => name === path.basename(file));
  }
  return () => {
    if (timer) clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}

function realOf(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}
