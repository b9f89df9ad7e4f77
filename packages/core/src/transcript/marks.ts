// `✓ Completed: …` is what a launched session is asked to write; `✅ …` and `- [x] …` are what the
// models write by themselves.
const MARK =
  /^\s*(?:[-*+]\s+|\d+[.)]\s+)?(?:[✓✔]\uFE0F?\s*Completed:|✅|\[[xX]\])\s*(?:Completed:\s*)?(.+)$/u;
const MAX_LENGTH = 160;

/** Texts of the objectives that an assistant's text marks as done; code blocks don't count. */
export function completedMarks(text: string): string[] {
  if (!/[✓✔✅]|\[[xX]\]/u.test(text)) return [];
  const found: string[] = [];
  let fenced = false;
  for (const line of text.split('\n')) {
    if (/^\s*(```|~~~)/u.test(line)) fenced = !fenced;
    const marked = fenced ? undefined : MARK.exec(line)?.[1];
    const objective = marked === undefined ? '' : plainText(marked);
    if (objective.length >= 3 && objective.length <= MAX_LENGTH) found.push(objective);
  }
  return found;
}

/** The text without Markdown emphasis and closing punctuation. */
export function plainText(text: string): string {
  return text
    .replace(/[*_`~]{1,3}(?=\S)|(?<=\S)[*_`~]{1,3}/gu, '')
    .replace(/\s+/gu, ' ')
    .replace(/[\s.:!…]+$/u, '')
    .trim();
}

/** Under which two sources' wordings of one objective are the same. */
export function objectiveKey(text: string): string {
  return plainText(text).normalize('NFKC').toLowerCase();
}
