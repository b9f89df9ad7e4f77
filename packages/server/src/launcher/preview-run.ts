import { buildPrompt, type LaunchRequest } from '@claude-optimizer/core/run';
import type { LauncherSettings, RunPreview } from '@claude-optimizer/protocol';
import { clientArguments } from './client-command.js';
import { canName, clientPath } from './find-client.js';

type Asked = Pick<LaunchRequest, 'order' | 'cwd' | 'limits' | 'onLimit' | 'template'>;

/** What would be started: the prompt word by word, and the client's arguments. */
export async function previewRun(
  asked: Asked,
  settings: LauncherSettings,
  dataDir: string,
): Promise<RunPreview> {
  const { order, cwd, limits, onLimit, template } = asked;
  const path = clientPath(settings.claudePath);
  const start = { order, cwd, limits, onLimit, sessionId: '<uuid>', resume: false };
  const named = { ...start, canName: path !== null && (await canName(path, dataDir)) };
  return {
    prompt: buildPrompt(template ?? settings.template, order),
    argv: [path ?? 'claude', ...clientArguments(named, settings)],
    cwd,
    limits,
  };
}
