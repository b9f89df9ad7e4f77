/** Families in the palette, two slots each; the rest share the last slots. */
const FAMILIES = ['opus', 'sonnet', 'haiku'];

/**
 * The colour of a model, the same on every page, as a CSS value. Neighbouring versions of a
 * family (Opus 4.5 and 4.6) differ in lightness; always show the name beside it.
 */
export function modelColor(id: string): string {
  const family = FAMILIES.findIndex((name) => id.includes(name));
  const base = family === -1 ? FAMILIES.length : family;
  const digits = id.replace(/\d{6,}/g, '').match(/\d+/g) ?? [];
  // Both parts of a version count: 4.5 and 5.5 are used side by side.
  const sum = digits.reduce((total, part) => total + Number(part), 0);
  const last = family === -1 ? id.length : sum;
  return `var(--model-${base * 2 + 1 + (last % 2 === 1 ? 0 : 1)})`;
}
