import { openArchiveReader } from '@claude-optimizer/store';
import type { StoreReader } from '@claude-optimizer/store/reader';
import { archiveFolder, indexFile } from '../archive/places.js';
import { FoundTranscripts } from '../archive/raw-transcripts.js';
import { Conversations } from '../conversation/conversations.js';
import { transcriptOf } from '../transcripts/transcript-path.js';
import type { ExportOrigin } from './export-source.js';

type Folders = { claudeDirs: readonly string[]; dataDir: string };

/** Exports out of a store that somebody else may be writing to. `now` in epoch ms. */
export async function storedOrigin(
  reader: StoreReader,
  folders: Folders,
  now: () => number,
): Promise<ExportOrigin> {
  let conversations: Conversations | null = null;
  return {
    reads: await reader.exports(),
    between: (work) => work(),
    now,
    elsewhere: null,
    conversations: () => (conversations ??= storedConversations(reader, folders)),
  };
}

/** Conversations out of what is there at this moment: nothing is told when it grows. */
function storedConversations(reader: StoreReader, { claudeDirs, dataDir }: Folders): Conversations {
  const folder = archiveFolder(dataDir);
  const index = openArchiveReader(indexFile(folder));
  const known = (sessionId: string) =>
    Promise.resolve(
      reader.filesOf(sessionId).flatMap((path) => {
        const file = transcriptOf(claudeDirs, path);
        return file === null ? [] : [{ ...file, sessionId }];
      }),
    );
  const raw = new FoundTranscripts({
    ...{ folder, known },
    index: () => index,
    forget: () => Promise.reject(new Error('nothing is deleted by an export')),
  });
  return new Conversations(raw, {
    epoch: '',
    eventsOf: (id, types) => reader.eventsOf(id, types),
    onEvents: () => () => undefined,
  });
}
