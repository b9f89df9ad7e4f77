import type { Redaction } from '@claude-optimizer/protocol';
import { Lines, SESSION } from '../transcripts/lines.fixture.js';

/** A word that stands in transcripts at one kind of place, and what leaves it out. */
export type Needle = { word: string; gone: readonly Redaction[] };

const HOME = '/home/quince/clients/zenith';
const CWD = `${HOME}/lanternfish`;

/** `gone`: with any of these it goes; a word within code goes with it, and so on. */
export const NEEDLES: readonly Needle[] = [
  ...each(['paths'], 'lanternfish', 'quince', 'zenith', 'feat/walnut', 'hazelnut.ts', 'Chestnut'),
  ...each(['paths'], 'pull/7741'),
  ...each(['paths', 'prompts'], 'almond.example', 'macadamia.yaml', 'pecan@post.example'),
  ...each(['paths', 'code', 'prompts'], 'cashew.csv', 'brazilnut.rs', 'pinenut.example'),
  ...each(['code', 'prompts'], 'zap_ledger', 'quux_call', 'left-pad', 'select_thing', 'frobnicate'),
  ...each(['prompts'], 'Rhubarb', 'Custard', 'Marzipan', 'Nougat', 'Praline', 'Toffee', 'Sorbet'),
  ...each(['prompts'], 'Treacle'),
  ...each(['code', 'prompts'], 'Meringue'),
];

/** A session whose every place that words can come from has words of its own. */
export function needled(): Record<string, string> {
  const lines = new Lines(SESSION, { cwd: CWD, branch: 'feat/walnut' });
  const agent = new Lines(SESSION, { agentId: 'a1b2c3d4', from: 20, cwd: CWD });
  const use = (id: string, name: string, input: object) => lines.calls(`m-${id}`, id, name, input);
  const todos = [
    { content: 'Nougat for all', status: 'completed', activeForm: 'Nougat' },
    { content: 'Praline later', status: 'pending', activeForm: 'Praline' },
  ];
  const main = [
    lines.prompt('Rhubarb is what I ask for. Write to pecan@post.example and see macadamia.yaml'),
    lines.prompt('Call `quux_call(1)` please.\n```sql\nselect_thing from cellar;\n```\n'),
    lines.side({ type: 'ai-title', aiTitle: '=Marzipan plan', sessionId: SESSION }),
    lines.side({ type: 'pr-link', sessionId: SESSION, prUrl: 'https://git.example/x/pull/7741' }),
    use('t1', 'Bash', { command: 'zap_ledger | rm ./cashew.csv' }),
    lines.result('t1', 'frobnicate(3): brazilnut.rs'),
    use('t2', 'Edit', {
      file_path: `${CWD}/hazelnut.ts`,
      old_string: 'a',
      new_string: 'frobnicate(4)',
    }),
    lines.result('t2', 'done'),
    use('t3', 'Write', {
      file_path: `${CWD}/Chestnut Plan.md`,
      content: 'Meringue, in a sentence',
    }),
    lines.result('t3', 'done'),
    use('t4', 'TodoWrite', { todos }),
    lines.result('t4', 'ok'),
    use('t5', 'WebFetch', { url: 'https://pinenut.example/feed', prompt: 'Sum it up' }),
    lines.result('t5', 'no answer'),
    use('t6', 'Agent', { description: 'Toffee check', prompt: 'Toffee check, all of it' }),
    lines.result('t6', 'Toffee', { toolUseResult: { status: 'completed', agentId: 'a1b2c3d4' } }),
    lines.says('m8', 'Custard is ready, as https://almond.example/menu says.'),
    lines.says('m9', 'Then run npm install left-pad.'),
    lines.record('assistant', {
      ...{ isApiErrorMessage: true, error: 'invalid_request' },
      message: {
        ...{ id: 'e1', role: 'assistant', model: '<synthetic>', stop_reason: 'stop_sequence' },
        content: [{ type: 'text', text: 'API Error: Treacle was refused' }],
        usage: { input_tokens: 0, output_tokens: 0 },
      },
    }),
  ];
  const nested = agent.prompt('Toffee check, all of it') + agent.says('s1', 'Sorbet, I say.');
  return {
    [`${SESSION}.jsonl`]: main.join(''),
    [`${SESSION}/subagents/agent-a1b2c3d4.jsonl`]: nested,
  };
}

function each(gone: readonly Redaction[], ...words: string[]): Needle[] {
  return words.map((word) => ({ word, gone }));
}
