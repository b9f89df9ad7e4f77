import { expect, it } from 'vitest';
import { nodeVersionProblem } from './node-version.mjs';

it.each(['20.19.0', '20.20.2', '22.0.0', '24.1.0'])('accepts Node %s', (version) => {
  expect(nodeVersionProblem(version)).toBeNull();
});

it.each(['18.20.0', '20.18.3', '19.9.0'])('says what to do about Node %s', (version) => {
  expect(nodeVersionProblem(version)).toMatch(/too old.*needs Node 20\.19 or newer/u);
});
