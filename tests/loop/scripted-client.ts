import fs from 'node:fs';
import path from 'node:path';
import { tempFolder, type Defer } from '../support/cleanup.js';

/**
 * A client that speaks the stream as the real one does, in about half a second: written down is
 * each start of it, so that a second one of the same session would be seen.
 */
const SCRIPT = `#!/usr/bin/env node
const fs = require('node:fs');
const session = process.argv.find((word) => word.startsWith('--session-id=')).slice(13);
fs.appendFileSync(process.env.STARTS, session + ' ' + process.pid + '\\n');
const say = (record) => process.stdout.write(JSON.stringify({ ...record, session_id: session }) + '\\n');
const event = (event) => say({ type: 'stream_event', event, parent_tool_use_id: null });
say({ type: 'system', subtype: 'init' });
setTimeout(() => event({ type: 'message_start', message: { id: 'm', model: 'claude-sonnet-5-5', usage: {} } }), 150);
setTimeout(() => say({ type: 'result', subtype: 'success', is_error: false, result: 'Done', total_cost_usd: 0 }), LASTS);
process.stdin.on('end', () => ENDS).resume();
`;

type Options = { lastsMs?: number; endsWithInput?: boolean };

/** Writes it into a folder of its own; `starts` tells who was started so far. */
export function scriptedClient(
  defer: Defer,
  { lastsMs = 450, endsWithInput = true }: Options = {},
) {
  const folder = tempFolder(defer);
  const [binary, file] = [path.join(folder, 'claude'), path.join(folder, 'starts')];
  const script = SCRIPT.replace('LASTS', String(lastsMs)).replace(
    'ENDS',
    endsWithInput ? 'process.exit(0)' : '{}',
  );
  fs.writeFileSync(binary, script, { mode: 0o755 });
  fs.writeFileSync(file, '');
  const starts = () =>
    fs
      .readFileSync(file, 'utf8')
      .split('\n')
      .slice(0, -1)
      .map((line) => {
        const [sessionId = '', pid = ''] = line.split(' ');
        return { sessionId, pid: Number(pid) };
      });
  return { binary, env: { STARTS: file }, starts };
}
