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
  const last = family === -1 ? id.length : Number(digits.at(-1) ?? 0);
  return `var(--model-${base * 2 + 1 + (last % 2 === 1 ? 0 : 1)})`;
}
