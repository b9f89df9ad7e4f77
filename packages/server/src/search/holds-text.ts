const TYPE = Buffer.from('"type":"');
const RESULT = Buffer.from('"type":"tool_result"');
const USER = Buffer.from('"type":"user"');
/** Of records besides a user's that hold something to be searched, the most frequent first. */
const WANTED = ['assistant', 'queued_command', 'ai-title', 'custom-title', 'summary'].map((type) =>
  Buffer.from(`"type":"${type}"`),
);

/**
 * Whether a line may hold something to be searched, by its bytes: results of tools, three quarters
 * of all, needn't be parsed. The needles can't stand in a text, where quotes are escaped.
 */
export function mayHoldText(line: Buffer): boolean {
  // Results are long, but what tells them stands at their beginning: nothing is looked for in them.
  if (line.includes(USER)) return !line.includes(RESULT);
  if (WANTED.some((needle) => line.includes(needle)) || line.includes(RESULT)) return true;
  // Written by another hand, with spaces: parsed.
  return line.length > 2 && !line.includes(TYPE);
}
