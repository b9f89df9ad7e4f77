import { readFileSync } from 'node:fs';
import path from 'node:path';
import { findProvider } from '@pydantic/genai-prices';
import { inRepo } from './places.mjs';

// Two plugins of esbuild that keep out of a start what it doesn't need.

/** Packages whose modules do nothing by being loaded. */
const DOORS = /^@claude-optimizer\/(protocol|core)(?:\/([\w-]+))?$/u;

/**
 * Imports each name from the module that makes it instead of its package's front door: through the
 * door esbuild loads everything behind it, such as all schemas for a function that adds numbers.
 */
export const pastFrontDoors = {
  name: 'past-front-doors',
  setup({ onLoad }) {
    onLoad({ filter: /packages\/\w+\/dist\/.*\.js$/ }, ({ path: file }) => {
      const text = readFileSync(file, 'utf8');
      const contents = text.replace(
        /^import \{([^}]*)\} from '(@claude-optimizer\/[^']+)';$/gmu,
        (statement, names, from) => importsOf(names, from) ?? statement,
      );
      return { contents, resolveDir: path.dirname(file), loader: 'js' };
    });
  },
};

const doors = new Map();

function importsOf(names, from) {
  const [, name, part = ''] = DOORS.exec(from) ?? [];
  if (name === undefined) return null;
  const door = inRepo('packages', name, 'dist', part, 'index.js');
  if (!doors.has(door)) doors.set(door, madeIn(door));
  const made = doors.get(door);
  return splitNames(names)
    .map(([outer, inner]) => {
      const file = made.get(outer);
      if (file === undefined) throw new Error(`${from} has no ${outer}`);
      return `import { ${outer} as ${inner} } from ${JSON.stringify(file)};`;
    })
    .join('\n');
}

/** Which module makes each name that one exports. tsc writes exports in these ways alone. */
function madeIn(file) {
  const text = readFileSync(file, 'utf8');
  const made = new Map();
  const next = (to) => path.resolve(path.dirname(file), to);
  for (const [, to] of text.matchAll(/^export \* from '([^']+)';$/gmu)) {
    for (const [name, of] of madeIn(next(to))) made.set(name, of);
  }
  for (const [, names, to] of text.matchAll(/^export \{([^}]*)\} from '(\.[^']+)';$/gmu)) {
    const theirs = madeIn(next(to));
    for (const [inner, outer] of splitNames(names)) {
      if (inner === outer) made.set(outer, theirs.get(inner) ?? next(to));
      else made.set(outer, file);
    }
  }
  for (const [, names] of text.matchAll(/^export \{([^}]*)\} from '[^.][^']*';$/gmu)) {
    for (const [, outer] of splitNames(names)) made.set(outer, file);
  }
  const own = /^export (?:async )?(?:const|let|function\*?|class) (\w+)/gmu;
  for (const [, name] of text.matchAll(own)) made.set(name, file);
  return made;
}

/** `a, b as c` as pairs of the name there and the name here. */
function splitNames(names) {
  return names
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .map((name) => {
      const [there, here = there] = name.split(' as ');
      return [there, here];
    });
}

/** Of the thirty providers whose prices the library has, the one that is asked for. */
export const onlyOurPrices = {
  name: 'only-our-prices',
  setup({ onLoad }) {
    onLoad({ filter: /genai-prices\/dist\/index\.js$/ }, ({ path: file }) => {
      const text = readFileSync(file, 'utf8');
      const listed = JSON.stringify([findProvider({ providerId: 'anthropic' })]);
      const all = /^(const \w+ = )\[\n[^]*?\n\](?=[,;])/u;
      const contents = text.replace(all, (_, start) => start + listed);
      if (contents === text) throw new Error(`${file} keeps its prices in another way now`);
      return { contents, loader: 'js' };
    });
  },
};
