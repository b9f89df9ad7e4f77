import { OptimizerError } from '@claude-optimizer/protocol';

/** The most that one calendar may be, in bytes. */
export const MOST_BYTES = 10 * 1024 * 1024;

/**
 * Throws `bad_request` unless the text is a whole calendar: what was cut off in the middle must
 * not pass for one from which events were deleted. `place` names it without secrets.
 */
export function checkWhole(text: string, place: string): void {
  if (!/^\uFEFF?\s*BEGIN:VCALENDAR\s/i.test(text)) {
    throw new OptimizerError('bad_request', `${place} holds no calendar${seemingly(text)}.`, {
      fix: 'It should begin with BEGIN:VCALENDAR. What was planned before stands.',
    });
  }
  if (!/\nEND:VCALENDAR\s*$/i.test(text)) {
    throw new OptimizerError('bad_request', `${place} is cut off: END:VCALENDAR is missing.`, {
      fix: 'It is read again soon. What was planned before stands.',
    });
  }
}

/** Throws `bad_request` when there is more than we read. */
export function checkSize(bytes: number, place: string, most = MOST_BYTES): void {
  if (bytes <= most) return;
  const megabytes = String(Math.round(most / 1024 / 1024));
  throw new OptimizerError('bad_request', `${place} is larger than ${megabytes} MB.`, {
    fix: 'Put the sessions into a calendar of their own.',
  });
}

function seemingly(text: string): string {
  if (text.trim() === '') return ': it is empty';
  return /^\s*<(?:!doctype|html)/i.test(text) ? ' but a web page' : '';
}
