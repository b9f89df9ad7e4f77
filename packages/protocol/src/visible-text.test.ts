import { expect, test } from 'vitest';
import { visibleText } from './visible-text.js';

test('shows what would turn or hide letters, and leaves all others', () => {
  expect(visibleText('a\u202Eb\u2066c')).toBe('a⟨U+202E⟩b⟨U+2066⟩c');
  expect(visibleText('\u001B[31mred\u001B[0m\u001B]0;title\u0007')).toBe('red␛]0;title␇');
  expect(visibleText('tab\tline\r\nנכון 👩‍💻')).toBe('tab\tline\nנכון 👩‍💻');
});
