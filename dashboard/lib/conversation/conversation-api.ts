import {
  BEGINNING,
  conversationSchema,
  foundSchema,
  locatedSchema,
  passagePageSchema,
  rawPassageSchema,
  wholePassageSchema,
  type Located,
} from '@claude-optimizer/protocol';
import { request, requestEarly } from '../api';

const base = (id: string) => `/api/sessions/${encodeURIComponent(id)}/conversation`;
const query = (parts: Record<string, string | number>) =>
  new URLSearchParams(Object.entries(parts).map(([key, value]) => [key, String(value)])).toString();

/** What there is of a thread: at first, of a long one, its beginning; then what is new `since`. */
export const fetchConversation = (id: string, thread: string, since: string | null) =>
  requestEarly(
    conversationSchema,
    `${base(id)}?${query({ thread, ...(since === null ? { enough: BEGINNING } : { since }) })}`,
  );

export const fetchPassages = (id: string, thread: string, from: number, limit: number) =>
  requestEarly(passagePageSchema, `${base(id)}/passages?${query({ thread, from, limit })}`);

export const fetchPassage = (id: string, at: Located, upTo: number) =>
  request(wholePassageSchema, `${base(id)}/passage?${query({ ...at, upTo })}`);

export const fetchRaw = (id: string, at: Located, from = 0) =>
  request(rawPassageSchema, `${base(id)}/raw?${query({ ...at, from })}`);

export const findPassages = (id: string, q: string, signal: AbortSignal) =>
  request(foundSchema, `${base(id)}/find?${query({ q })}`, { signal });

export const locatePassage = (id: string, what: { record: string } | { tool: string }) =>
  request(locatedSchema, `${base(id)}/at?${query(what)}`);

/** Where a picture of a passage is to be had. */
export const pictureAddress = (id: string, at: Located, n: number) =>
  `${base(id)}/picture?${query({ ...at, n })}`;
