import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create, type Font } from 'fontkit';
import { rememberingLayouts } from './typeface.js';
import { unpackWoff } from './unpack-woff.js';

export type Weight = 'regular' | 'bold';

/** The files of a typeface. */
type Source = { regular: string; bold: string };

/** A font as it is set. */
export type Face = { id: string; font: Font };

const fromPackage = (name: string, subset: string): Source => {
  const file = (weight: string) =>
    `@fontsource/${name}/files/${name}-${subset}-${weight}-normal.woff`;
  return { regular: file('400'), bold: file('700') };
};

const SUBSETS = [
  'latin',
  'latin-ext',
  'cyrillic',
  'greek',
  'vietnamese',
  'cyrillic-ext',
  'greek-ext',
  'devanagari',
];
const SHIPPED: Source[] = [
  ...SUBSETS.map((subset) => fromPackage('noto-sans', subset)),
  fromPackage('noto-sans-hebrew', 'hebrew'),
  fromPackage('noto-sans-arabic', 'arabic'),
  { ...fromPackage('noto-emoji', 'emoji'), bold: fromPackage('noto-emoji', 'emoji').regular },
];

/** Chinese, Japanese and Korean take megabytes: they are set in what the machine has. */
const OF_THE_MACHINE = [
  '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc',
  '/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc',
  '/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Regular.ttc',
  '/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc',
  '/usr/share/fonts/truetype/wqy/wqy-microhei.ttc',
  '/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf',
  '/usr/share/fonts/truetype/fonts-japanese-gothic.ttf',
  '/System/Library/Fonts/Supplemental/Arial Unicode.ttf',
  '/Library/Fonts/Arial Unicode.ttf',
  '/System/Library/Fonts/PingFang.ttc',
  '/System/Library/Fonts/Hiragino Sans GB.ttc',
  '/System/Library/Fonts/AppleSDGothicNeo.ttc',
  'C:\\Windows\\Fonts\\msyh.ttc',
  'C:\\Windows\\Fonts\\YuGothR.ttc',
  'C:\\Windows\\Fonts\\msgothic.ttc',
  'C:\\Windows\\Fonts\\malgun.ttf',
  'C:\\Windows\\Fonts\\simsun.ttc',
];

/** What joins or varies letters and has no shape of its own. */
const SHAPELESS = /^[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFE0E\uFE0F\u00AD]$/u;
const STAND_IN = '\u25AF';

/** The typefaces of a document, each loaded when the first letter needs it. */
export class Fonts {
  readonly #require = createRequire(import.meta.url);
  readonly #loaded = new Map<string, Face | null>();
  readonly #chosen = new Map<string, Face | null>();
  readonly #machine: readonly string[];
  /** How many letters no font here has. */
  missing = 0;

  /** `machine`: files of fonts that this machine may have. */
  constructor(machine: readonly string[] = OF_THE_MACHINE) {
    this.#machine = machine;
  }

  /** The font for a cluster of letters, and what is set: the letters, or a stand-in. */
  faceOf(cluster: string, weight: Weight): { face: Face; text: string } {
    const key = `${weight}\0${cluster}`;
    let face = this.#chosen.get(key);
    if (face === undefined) {
      face = this.#find(cluster, weight);
      if (this.#chosen.size < 20_000) this.#chosen.set(key, face);
    }
    if (face) return { face, text: cluster };
    this.missing += 1;
    return { face: this.#first(weight), text: STAND_IN };
  }

  #find(cluster: string, weight: Weight): Face | null {
    const letters = Array.from(cluster).filter((letter) => !SHAPELESS.test(letter));
    const has = (face: Face | null) =>
      face !== null &&
      letters.every((letter) => face.font.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0));
    for (const source of SHIPPED) {
      const face = this.#shipped(source, weight);
      if (has(face)) return face;
    }
    for (const file of this.#machine) {
      const face = this.#ofMachine(file);
      if (has(face)) return face;
    }
    return null;
  }

  #first(weight: Weight): Face {
    const [latin] = SHIPPED;
    const face = latin ? this.#shipped(latin, weight) : null;
    if (face) return face;
    throw new Error('the fonts for PDF are not installed');
  }

  #shipped(source: Source, weight: Weight): Face | null {
    const id = source[weight];
    return this.#load(id, () => this.#require.resolve(id));
  }

  #ofMachine(file: string): Face | null {
    return this.#load(file, () => file);
  }

  #load(id: string, locate: () => string): Face | null {
    const known = this.#loaded.get(id);
    if (known !== undefined) return known;
    const face = openFace(id, locate);
    this.#loaded.set(id, face);
    return face;
  }
}

/** Null for a file that isn't there or can't be read: the next one may have the letter. */
function openFace(id: string, locate: () => string): Face | null {
  try {
    const path = locate();
    if (!existsSync(path)) return null;
    const opened = create(unpackWoff(readFileSync(path)));
    const font = 'fonts' in opened ? opened.fonts[0] : opened;
    return font ? { id, font: rememberingLayouts(font) } : null;
  } catch {
    return null;
  }
}
