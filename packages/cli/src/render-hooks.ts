import type { HooksReport, SettingsChange } from '@claude-optimizer/server';

/** What was changed (or would be), one file after another, as lines with + and −. */
export function renderChanges(changes: readonly SettingsChange[], dryRun: boolean): string {
  return changes
    .map(({ file, changed, before, after, backup }) => {
      if (!changed) return `${file}: nothing to change\n`;
      if (dryRun) return `${file} would change:\n${difference(before, after)}`;
      const copy = backup === null ? '' : `, the old one is ${backup}`;
      return `${file} changed${copy}\n`;
    })
    .join('');
}

/** What is installed where, in words. */
export function renderStatus({ folders, daemon, astray, ...wanted }: HooksReport): string {
  const lines = folders.map(({ claudeDir, urls, installed, missing }) => {
    if (installed.length === 0) return `${claudeDir}: not installed`;
    const rest = missing.length === 0 ? '' : `, without ${missing.join(', ')}`;
    return `${claudeDir}: ${String(installed.length)} hooks to ${urls.join(', ')}${rest}`;
  });
  lines.push(daemon === null ? 'No daemon answers.' : `The daemon answers at ${daemon}.`);
  for (const url of astray) {
    lines.push(`${url} isn't its address: run \`claude-optimizer hooks install\` again.`);
  }
  const waits = folders.flatMap(({ answerSeconds }) => answerSeconds ?? []);
  if (waits.some((seconds) => seconds < wanted.answerSeconds)) {
    lines.push(
      `Claude Code waits only ${String(Math.min(...waits))} s for your answer to a permission on ` +
        'the page: run `claude-optimizer hooks install` again.',
    );
  }
  return `${lines.join('\n')}\n`;
}

// Settings are short: what both have at head and tail is left out, the rest shown whole.
function difference(before: string, after: string): string {
  const [old, next] = [before.trimEnd().split('\n'), after.trimEnd().split('\n')];
  let head = 0;
  while (head < Math.min(old.length, next.length) && old[head] === next[head]) head += 1;
  let tail = 0;
  const most = Math.min(old.length, next.length) - head;
  while (tail < most && old.at(-1 - tail) === next.at(-1 - tail)) tail += 1;
  const removed = old.slice(head, old.length - tail).filter((line) => line !== '');
  const added = next.slice(head, next.length - tail);
  return [...removed.map((line) => `- ${line}`), ...added.map((line) => `+ ${line}`), ''].join(
    '\n',
  );
}
