import path from 'node:path';
import { beforeAll } from 'vitest';
import { type Defer, tempFolder } from '../support/cleanup.js';
import { startDaemon } from '../support/daemon.js';
import { type Sample, writeSample } from './sample.js';

/** One daemon with the sample tree for a file of tests; what is given holds once they run. */
export function useSampleDaemon(deferAll: Defer): () => { url: string; sample: Sample } {
  let given: { url: string; sample: Sample } | null = null;
  beforeAll(async () => {
    const sample = writeSample(path.join(tempFolder(deferAll), '.claude'));
    const { claudeDir } = sample;
    const daemon = await startDaemon({ claudeDir, dataDir: tempFolder(deferAll) }, deferAll);
    await daemon.ready();
    given = { url: daemon.url, sample };
  });
  return () => {
    if (given === null) throw new Error('the daemon has not started');
    return given;
  };
}
