import { expect, it } from 'vitest';
import { jsonFault } from './json-fault.js';

function faultOf(text: string): string {
  try {
    JSON.parse(text);
  } catch (error) {
    return jsonFault(text, error);
  }
  return 'none';
}

it.each([
  ['{\n  "prices": {\n    // mine\n  }\n}\n', /^line 3, column 5: Expected/],
  ['{\n  "model": "opus",\n}\n', /^line 3, column 1: Expected/],
  ['{\n  "prices":\n', /^line 2, column 12: Unexpected end/],
  ['{"a": 1} x', /^line 1, column 10: Unexpected/],
  // Whatever the engine's words are, they are told.
  ['nope', /./],
])('says where %j is no JSON', (text, fault) => {
  expect(faultOf(text)).toMatch(fault);
});
