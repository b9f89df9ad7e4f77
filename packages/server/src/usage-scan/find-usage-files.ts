import path from 'node:path';
import { walk, type FoundFile, type OnProblem } from '../transcripts/find-transcripts.js';

/** A transcript with its place below its `projects` folder. */
export type ScannedFile = { path: string; relative: string };
export type UsageFile = FoundFile & ScannedFile;

/** All transcripts below the folders' `projects`, one by one; `onProblem`: what couldn't be read. */
export function* findUsageFiles(
  claudeDirs: readonly string[],
  onProblem: OnProblem,
): Generator<UsageFile> {
  for (const dir of claudeDirs) {
    const root = path.join(dir, 'projects');
    for (const { files } of walk(root, onProblem)) {
      for (const file of files) yield { ...file, relative: file.path.slice(root.length + 1) };
    }
  }
}
