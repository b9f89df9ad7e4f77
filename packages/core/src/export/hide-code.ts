/** What stands for code that isn't handed on. */
export const CODE = '[code]';

/** A fence that was cut off before its end goes on to the text's. */
const FENCED = /(?:```|~~~)[\s\S]*?(?:```|~~~|$)/gu;
const INLINE = /`[^`]*(?:`|$)/gu;
const PROGRAMS =
  'npm|npx|pnpm|yarn|bun|node|deno|python3?|pip3?|uv|cargo|rustc|go|docker|kubectl|terraform|git|gh|curl|wget|make|cmake|sudo|ssh|scp|rsync|bash|zsh|sh|chmod|chown|mkdir|rm|cp|mv|grep|rg|sed|awk|find|psql|mysql|sqlite3|redis-cli|aws|gcloud|az|mvn|gradle|dotnet|php|composer|ruby|bundle|rails';
/** From a program's name with what looks like its arguments to the end of the line. */
const COMMAND = new RegExp(
  String.raw`(?<![\w./-])(?:${PROGRAMS})\s+(?:-{1,2}[\w-]+|(?:run|test|install|build|add|commit|push|pull|checkout|clone|exec|apply|status|log|diff|rebase|merge|start|ci|i)\b|[\w@.-]*[/.@=][^\s]*).*$`,
  'gmu',
);
const CODE_LINE = new RegExp(
  [
    String.raw`[;{}]\s*$`,
    String.raw`=>|::|&&|\|\||[!=]==?|\+=|-=|->`,
    String.raw`[)\]]\s*[{;:]`,
    String.raw`[\w\]]\((?!s\))[^)]*\)?`,
    String.raw`^\s*(?:import|export|const|let|var|function|def|class|return|public|private|package|using|from)\s+[\w{*'"]`,
    String.raw`\b(?:select|insert into|update|delete from|create table|alter table)\b.*\b(?:from|values|set|where|\()`,
    String.raw`^\s*(?:#include|#!|@@|\+{3}\s|-{3}\s|diff --git|\$\s|>>>\s)`,
    String.raw`<\/?[a-z][\w-]*(?:\s[^>]*)?\/?>`,
    String.raw`\b[\w.]+\s*=\s*(?:["'\d\[{(]|\w+[.(])`,
    String.raw`["'][\w-]+["']\s*:`,
    String.raw`^(?: {4}|\t)\s*\S`,
  ].join('|'),
  'iu',
);

/** No sentence is that long; what is looked for in a line takes too long in a longer one. */
const LONGEST_LINE = 10_000;

/**
 * A text without what is code in it: fenced and quoted parts, commands, and every line that looks
 * like code. In doubt the line goes: what is shared can't be called back.
 */
export function hideCode(text: string): string {
  const lines = text
    .replace(FENCED, CODE)
    .replace(INLINE, CODE)
    .replace(COMMAND, CODE)
    .split('\n')
    .map((line) => (line.length > LONGEST_LINE || CODE_LINE.test(line) ? CODE : line));
  return lines.filter((line, index) => line !== CODE || lines[index - 1] !== CODE).join('\n');
}
