const TYPE = Buffer.from('"type":"');
const RESULT = Buffer.from('"type":"tool_result"');
const USER = Buffer.from('"type":"user"');
/** Of records that hold something to be searched. */
const WANTED = ['assistant', 'user', 'queued_command', 'ai-title', 'custom-title', 'summary'].map(
  (type) => Buffer.from(`"type":"${type}"`),
);

/**
 * Whether a line may hold something to be searched, by its bytes: results of tools, three quarters
 * of all, needn't be parsed. The needles can't stand in a text, where quotes are escaped.
 */
export function mayHoldText(line: Buffer): boolean {
  // Written by another hand, with spaces: parsed.
  if (!line.includes(TYPE)) return line.length > 2;
  if (line.includes(RESULT)) return !line.includes(USER);
  return WANTED.some((needle) => line.includes(needle));
}
