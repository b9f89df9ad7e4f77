import type { Font } from 'fontkit';

type Run = ReturnType<Font['layout']>;

/** So many words keep their shapes; then all are forgotten, and memory stays as it is. */
const MOST = 4_000;

/** What sets type scales positions in place to these units: of a font that has them, by one. */
const UNITS = 1_000;

/**
 * The font with the shapes of its last words at hand: a report says the same few over and over, and
 * each of them is measured and drawn several times.
 */
export function rememberingLayouts(font: Font): Font {
  const known = new Map<string, Run>();
  const layout: Font['layout'] = (text, ...how) => {
    if (how.some((one) => one !== undefined)) return font.layout(text, ...how);
    let run = known.get(text);
    if (!run) {
      run = font.layout(text);
      if (known.size >= MOST) known.clear();
      known.set(text, run);
    }
    return font.unitsPerEm === UNITS ? run : copyOf(run);
  };
  return Object.create(font, { layout: { value: layout } }) as Font;
}

function copyOf(run: Run): Run {
  const positions = run.positions.map((position) => ({ ...position }));
  const copy = Object.create(Object.getPrototypeOf(run) as object) as Run;
  return Object.assign(copy, run, { positions });
}
