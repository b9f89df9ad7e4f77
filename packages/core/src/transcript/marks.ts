// `✓ Completed: …` is what a launched session is asked to write; `✅ …` and `- [x] …` are what the
// models write by themselves.
const MARK =
  /^\s*(?:[-*+]\s+|\d+[.)]\s+)?(?:[✓✔]\uFE0F?\s*Completed:|✅|\[[xX]\](?=\s))\s*(?:Completed:\s*)?(.+)$/u;
const MAX_LENGTH = 160;

/** Texts of the objectives that an assistant's text marks as done; code blocks don't count. */
export function completedMarks(text: string): string[] {
  if (!/[✓✔✅]|\[[xX]\]/u.test(text)) return [];
  const found: string[] = [];
  let fence: string | null = null;
  for (const line of text.split('\n')) {
    fence = fenceAfter(fence, line);
    const marked = fence === null ? MARK.exec(line)?.[1] : undefined;
    const objective = marked === undefined ? '' : plainText(marked);
    if (objective.length >= 3 && objective.length <= MAX_LENGTH) found.push(objective);
  }
  return found;
}

// A block ends with at least as many of the same characters; ```one line``` begins none.
function fenceAfter(open: string | null, line: string): string | null {
  const [, marks = '', rest = ''] = /^\s*(`{3,}|~{3,})(.*)$/u.exec(line) ?? [];
  if (marks === '') return open;
  if (open === null) return marks.startsWith('`') && rest.includes('`') ? null : marks;
  return marks.startsWith(open) && rest.trim() === '' ? null : open;
}

/** The text without Markdown emphasis and closing punctuation. */
export function plainText(text: string): string {
  return text
    .replace(/[*_`~]{1,3}(?=\S)|(?<=\S)[*_`~]{1,3}/gu, '')
    .replace(/\s+/gu, ' ')
    .replace(/[\s.:!…]+$/u, '')
    .trim();
}

// The same few objectives are compared with every list, task and mark of their session.
const keys = new Map<string, string>();
const MAX_KEYS = 5_000;

/** Under which two sources' wordings of one objective are the same. */
export function objectiveKey(text: string): string {
  const known = keys.get(text);
  if (known !== undefined) return known;
  const key = (plainText(text) || text.trim()).normalize('NFKC').toLowerCase();
  if (keys.size >= MAX_KEYS) keys.clear();
  keys.set(text, key);
  return key;
}
