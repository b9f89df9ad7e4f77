import path from 'node:path';
import { walk, type FoundFile, type OnProblem } from '../transcripts/find-transcripts.js';

/** A transcript with its place below its `projects` folder. */
export type UsageFile = FoundFile & { relative: string };

/** All transcripts below the folders' `projects`; `onProblem` is told what couldn't be read. */
export function findUsageFiles(claudeDirs: readonly string[], onProblem: OnProblem): UsageFile[] {
  return claudeDirs.flatMap((dir) => {
    const root = path.join(dir, 'projects');
    return [...walk(root, onProblem)].flatMap(({ files }) =>
      files.map((file) => ({ ...file, relative: file.path.slice(root.length + 1) })),
    );
  });
}
