import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe, it } from 'vitest';
import { inRepo } from '../../scripts/lib/places.mjs';
import { tempFolder, undoAfter } from '../support/cleanup.js';
import { until } from '../support/until.js';
import { prepare, skipWithoutClaude } from './play.js';
import { talk } from './scenarios.js';
import { openTerminal, skipWithoutTerminal } from './terminal.js';

const defer = undoAfter('each');
const BINARY = inRepo('packages/cli/bin/claude-optimizer.js');

describe.skipIf(skipWithoutClaude || skipWithoutTerminal)('the installed status line', () => {
  it("stands below the real client's prompt, and follows the session", async () => {
    const { client, sessionId, settled } = await prepare(talk, defer);
    const folders = ['--claude-dir', path.join(client.home, '.claude')];
    const data = ['--data-dir', tempFolder(defer)];
    execFileSync(process.execPath, [BINARY, 'statusline', 'install', ...folders, ...data], {
      env: { HOME: client.home },
    });
    const terminal = await openTerminal(client, sessionId);
    defer(terminal.kill);

    // The client moves the cursor where there are spaces, and draws again only what has changed.
    const shown = () => stripVTControlCharacters(terminal.screen()).replaceAll(/\s/gu, '');
    await terminal.type(talk.prompt);
    await until('our line', () => /Sonnet[\d.]*·\$0\.00session/u.test(shown()));
    await settled('waiting');
    await until('what has changed', () => /·context\d+%·cachewarm\d+[hm]/u.test(shown()));
  });
});
