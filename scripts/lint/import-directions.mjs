import path from 'node:path';
import { ROOT } from '../lib/places.mjs';

const SCOPE = '@claude-optimizer/';

/** Who may import whom; `node: false` also keeps Node's own modules out. */
const FLOORS = [
  { folder: 'packages/protocol/src', may: [], node: false },
  { folder: 'packages/core/src', may: ['protocol'], node: false },
  { folder: 'packages/store/src', may: ['protocol'], node: true },
  {
    folder: 'packages/server/src',
    may: [
      'core',
      'core/budget',
      'core/conversation',
      'core/export',
      'core/export-conversation',
      'core/live',
      'core/plan',
      'core/report',
      'core/run',
      'core/schedule',
      'core/search',
      'core/transcript',
      'core/watch',
      'store',
      'store/load',
      'store/reader',
      'protocol',
    ],
    node: true,
  },
  {
    folder: 'packages/cli/src',
    may: [
      'server',
      'server/config',
      'server/daemon',
      'server/export',
      'server/reports',
      'server/statusline',
      'server/transcripts',
      'protocol',
    ],
    node: true,
  },
  {
    folder: 'dashboard',
    may: [
      'protocol',
      'core/fold',
      'core/live',
      'core/budget',
      'core/run',
      'core/story',
      'core/replay',
      'core/compare',
      'core/markdown',
    ],
    node: false,
  },
];

/** Rooms of the server that don't know one another: they meet in its composition. */
const ROOMS = ['transcripts', 'launcher', 'calendar'].map((room) => `packages/server/src/${room}`);

/** Rooms of the server that ask services and never touch the store. */
const EDGES = ['http', 'feed'].map((room) => `packages/server/src/${room}`);

/**
 * What is wrong with an import of `specifier` in `file` (relative to the repository, with slashes),
 * or null when the floors allow it.
 */
export function importProblem(file, specifier) {
  const floor = FLOORS.find(({ folder }) => isIn(file, folder));
  if (!floor) return null;
  if (specifier.startsWith('.')) return relativeProblem(file, specifier, floor);
  if (specifier.startsWith(SCOPE))
    return packageProblem(file, specifier.slice(SCOPE.length), floor);
  if (!floor.node && specifier.startsWith('node:') && !mayUseNode(file)) {
    return `${floor.folder} also runs in the browser: no ${specifier}.`;
  }
  return null;
}

function packageProblem(file, name, floor) {
  if (!floor.may.includes(name)) {
    const allowed = floor.may.length > 0 ? floor.may.join(', ') : 'nothing of ours';
    return `${floor.folder} may import ${allowed}, not ${name}.`;
  }
  const edge = EDGES.find((folder) => isIn(file, folder));
  return edge && name === 'store' ? `${edge} asks services, never the store.` : null;
}

function relativeProblem(file, specifier, floor) {
  const target = path.posix.join(path.posix.dirname(file), specifier);
  if (!isIn(target, floor.folder)) return `${floor.folder} is left by ${specifier}.`;
  const room = ROOMS.find((folder) => isIn(file, folder));
  const other = ROOMS.find((folder) => isIn(target, folder));
  return room && other && room !== other ? `${room} may not know ${other}.` : null;
}

function isIn(file, folder) {
  return file === folder || file.startsWith(`${folder}/`);
}

function mayUseNode(file) {
  return /\.(test|fixture)\.tsx?$/.test(file) || /\.config\.\w+$/.test(file);
}

/** The ESLint rule over every form of import that names its module. */
export const importDirections = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const file = path.relative(ROOT, context.filename).split(path.sep).join('/');
    const check = (source) => {
      if (typeof source?.value !== 'string') return;
      const message = importProblem(file, source.value);
      if (message !== null) context.report({ node: source, message });
    };
    return {
      ImportDeclaration: (node) => check(node.source),
      ExportNamedDeclaration: (node) => check(node.source),
      ExportAllDeclaration: (node) => check(node.source),
      ImportExpression: (node) => check(node.source),
      TSImportType: (node) => check(node.source),
    };
  },
};
