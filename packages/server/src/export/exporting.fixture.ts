import { rmSync } from 'node:fs';
import path from 'node:path';
import type { ExportRequest } from '@claude-optimizer/protocol';
import { FoundTranscripts } from '../archive/raw-transcripts.js';
import { Conversations } from '../conversation/conversations.js';
import { Following } from '../transcripts/following.fixture.js';
import { Lines, OTHER, SESSION } from '../transcripts/lines.fixture.js';
import { transcriptOf } from '../transcripts/transcript-path.js';
import type { ExportOrigin } from './export-source.js';
import { openExport } from './open-export.js';

/** Of each kind that may be left out, words that stand in the transcripts and nowhere else. */
export const NEEDLES = {
  paths: ['shop', 'till.ts', 'tally', 'acme.example', 'feat/tills', 'Cellar Plan', 'Brewfile'],
  code: ['zap_ledger', 'xargs', 'quux(', 'left-pad'],
  prompts: ['Rhubarb', 'Custard', 'Marzipan', 'Nougat', 'Praline'],
} as const;

export const NOW = Date.UTC(2026, 0, 6);
const CWD = '/home/dev/shop';

/** Two sessions read from transcripts into a store, ready to be exported. */
export class Exporting {
  readonly #following: Following;

  readonly conversations: Conversations;

  private constructor(following: Following) {
    this.#following = following;
    const { folder, store } = following;
    const known = async (sessionId: string) =>
      (await store.filesOf(sessionId)).flatMap((file) => {
        const found = transcriptOf([path.join(folder, 'claude')], file);
        return found ? [{ ...found, sessionId }] : [];
      });
    const forget = () => Promise.resolve();
    this.conversations = new Conversations(
      new FoundTranscripts({ folder, index: () => null, known, forget }),
      {
        epoch: '',
        eventsOf: (id, types) => store.sessionEventsOf(id, types),
        onEvents: () => () => undefined,
      },
    );
  }

  /** `files` by their path below the project's folder. */
  static async start(files: Record<string, string> = written()): Promise<Exporting> {
    const following = await Following.prepare();
    for (const [name, text] of Object.entries(files)) {
      await following.write(`claude/projects/-home-dev-shop/${name}`, text);
    }
    await following.start();
    return new Exporting(following);
  }

  get store() {
    return this.#following.store;
  }

  get origin(): ExportOrigin {
    return {
      reads: this.store.exports,
      between: (work) => work(),
      now: () => NOW,
      elsewhere: null,
      conversations: () => this.conversations,
    };
  }

  /** Removes a transcript, as Claude Code does. */
  remove(name: string): void {
    rmSync(path.join(this.#following.folder, 'claude/projects/-home-dev-shop', name));
  }

  /** The export as bytes. */
  async bytes(request: Partial<ExportRequest>): Promise<Buffer> {
    const whole = { format: 'json' as const, what: 'sessions' as const, redact: [], ...request };
    const pieces: Uint8Array[] = [];
    for await (const piece of (await openExport(this.origin, whole)).pieces) pieces.push(piece);
    return Buffer.concat(pieces);
  }

  async text(request: Partial<ExportRequest>): Promise<string> {
    return (await this.bytes(request)).toString();
  }

  close(): Promise<void> {
    return this.#following.close();
  }
}

function written(): Record<string, string> {
  return { [`${SESSION}.jsonl`]: rich(), [`${OTHER}.jsonl`]: plain() };
}

/** A session with something of everything. */
function rich(): string {
  const lines = new Lines(SESSION);
  const use = (id: string, name: string, input: object) => lines.calls(`m-${id}`, id, name, input);
  return [
    lines.prompt(
      `Rhubarb: mend ${CWD}/src/till.ts in the shop, call \`quux(1)\`, see https://acme.example/x`,
    ),
    lines.record('system', { subtype: 'note', gitBranch: 'feat/tills' }),
    lines.side({ type: 'ai-title', aiTitle: '=Marzipan "tills"', sessionId: SESSION }),
    lines.side({ type: 'summary', summary: '=Marzipan "tills"', leafUuid: 'x' }),
    use('t1', 'Bash', { command: 'zap_ledger | xargs rm ./tally/old.csv' }),
    lines.result('t1', 'zap_ledger: ./tally/old.csv is gone'),
    use('t2', 'Edit', { file_path: `${CWD}/src/till.ts`, old_string: 'a', new_string: 'b\nc' }),
    lines.result('t2', 'done'),
    use('t3', 'Write', { file_path: `${CWD}/Cellar Plan.md`, content: 'x' }),
    lines.result('t3', 'done'),
    use('t4', 'Write', { file_path: `${CWD}/Brewfile`, content: 'x' }),
    lines.result('t4', 'done'),
    use('t5', 'TodoWrite', {
      todos: [
        { content: 'Nougat in the Brewfile', status: 'completed', activeForm: 'x' },
        { content: 'مرحبا 漢字 🚀', status: 'pending', activeForm: 'x' },
      ],
    }),
    lines.result('t5', 'ok'),
    lines.says('m9', 'Custard is in till.ts and the Cellar Plan.md; then npm install left-pad.'),
  ].join('');
}

function plain(): string {
  const lines = new Lines(OTHER, { from: 3_600 });
  return (
    lines.prompt('Praline, please') +
    lines.says('o1', 'Here: Praline', undefined, 'claude-haiku-4-5')
  );
}
