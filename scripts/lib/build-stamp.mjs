import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { CACHE, ROOT, inRepo } from './places.mjs';

const OUTPUT_FOLDERS = new Set(['node_modules', 'dist', 'build', 'out', '.next']);
const PACKAGES = fs.readdirSync(inRepo('packages')).map((name) => `packages/${name}`);

/** The two things that are built: from which sources, and into what. */
export const TARGETS = {
  packages: {
    sources: [
      'package-lock.json',
      'tsconfig.json',
      'tsconfig.base.json',
      'scripts/bundle.mjs',
      ...PACKAGES,
    ],
    outputs: ['packages/cli/dist/main.js', 'packages/cli/build/main.js'],
  },
  dashboard: {
    sources: [
      'package-lock.json',
      'tsconfig.base.json',
      'dashboard',
      'packages/protocol',
      'packages/core',
    ],
    outputs: ['dashboard/out/index.html'],
  },
};

/** Whether the target was never built, or its sources or tools changed since. */
export function buildIsStale(name) {
  if (!TARGETS[name].outputs.every((file) => fs.existsSync(inRepo(file)))) return true;
  const stamp = stampFile(name);
  return !fs.existsSync(stamp) || fs.readFileSync(stamp, 'utf8') !== hashSources(name);
}

/** Notes what the target is about to be built from; call the result once it is built. */
export function beginBuild(name) {
  // Hashed before building: what is edited meanwhile must count as not built.
  const hash = hashSources(name);
  fs.rmSync(stampFile(name), { force: true });
  return () => {
    fs.mkdirSync(path.dirname(stampFile(name)), { recursive: true });
    fs.writeFileSync(stampFile(name), hash);
  };
}

function stampFile(name) {
  return path.join(CACHE, 'built', name);
}

function hashSources(name) {
  const hash = createHash('sha256').update(process.versions.node);
  for (const file of TARGETS[name].sources.flatMap(filesUnder)) {
    hash.update(`\0${file}\0`).update(fs.readFileSync(path.join(ROOT, file)));
  }
  return hash.digest('hex');
}

function filesUnder(source) {
  if (fs.statSync(inRepo(source)).isFile()) return [source];
  return fs
    .readdirSync(inRepo(source), { withFileTypes: true })
    .filter((entry) => !OUTPUT_FOLDERS.has(entry.name) && !isLeftOut(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const inside = `${source}/${entry.name}`;
      return entry.isDirectory() ? filesUnder(inside) : entry.isFile() ? [inside] : [];
    });
}

/** Tests don't end up in the build, and `next-env.d.ts` is written by it. */
function isLeftOut(name) {
  return /\.test\.tsx?$/.test(name) || name === 'next-env.d.ts' || name.endsWith('.tsbuildinfo');
}
