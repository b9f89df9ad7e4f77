import { fieldsAt, textAt, type Fields } from '../transcript/fields.js';

/**
 * The record that is to be read: itself, or the subagent's message that clients of 2.1.11 to
 * 2.1.42 repeat in the parent's file (`agentId` then names its thread).
 */
export function spokenRecord(record: Fields): { record: Fields; agentId: string | null } {
  if (record['type'] !== 'progress') return { record, agentId: null };
  const data = fieldsAt(record, 'data');
  const nested = data?.['type'] === 'agent_progress' ? fieldsAt(data, 'message') : null;
  const agentId = textAt(data, 'agentId');
  const speaks = nested !== null && fieldsAt(nested, 'message') !== null;
  return speaks && agentId !== null ? { record: nested, agentId } : { record, agentId: null };
}
