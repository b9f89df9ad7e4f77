import { textPieces } from './text-pieces.js';

/** The pattern looks ahead from each letter: on longer stretches that takes too long. */
const PIECE = 2_000;

const KNOWN_EXTENSIONS =
  'tsx?|jsx?|mjs|cjs|mts|cts|json[5lc]?|mdx?|py|pyi|ipynb|go|rs|java|kts?|scala|swift|c|h|cc|cpp|hpp|cs|fs|rb|php|pl|lua|r|jl|ex|exs|erl|hs|clj|dart|vue|svelte|astro|html?|css|scss|sass|less|xml|svg|ya?ml|toml|ini|cfg|conf|env|properties|lock|sql|db|sqlite3?|prisma|graphql|proto|sh|bash|zsh|fish|ps1|bat|cmd|tf|tfvars|txt|rst|log|csv|tsv|xlsx?|docx?|pptx?|pdf|png|jpe?g|gif|webp|ico|bmp|avif|mp3|mp4|mov|wav|zip|tar|gz|tgz|bz2|xz|7z|jar|war|whl|so|dll|dylib|exe|bin|pem|key|crt|patch|diff|snap|map|woff2?|ttf|otf|ics|wasm';
const KNOWN_EXTENSION = new RegExp(`\\.(${KNOWN_EXTENSIONS})$`, 'iu');

const ADDRESS = String.raw`\b[a-z][a-z\d+.-]*:\/\/[^\s<>"'\x60]+`;
const MAIL_OR_REMOTE = String.raw`[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+(?::[^\s<>"'\x60]+)?`;
const SEGMENT = String.raw`[\p{L}\p{N}\p{M}_@.+%#~$()\[\]{}=&!^-]`;
/** Whatever has a slash in it, and what begins like a path of Windows. */
const PATH = String.raw`(?<![<\p{L}\p{N}])(?:[a-z]:|${SEGMENT}+)?(?:\/${SEGMENT}*)+|(?:[a-z]:|\\)(?:\\${SEGMENT}+)+\\?|${SEGMENT}{2,}(?:\\${SEGMENT}{2,})+`;
const FILE = String.raw`(?<![\p{L}\p{N}_@.-])(?:[\p{L}\p{N}_@][\p{L}\p{N}\p{M}_@.+-]*\.(?:${KNOWN_EXTENSIONS})|\.[a-z][\w-]*(?:\.[\w-]+)*)(?![\p{L}\p{N}_])`;

/** What has a slash and is no path. */
const WORDS =
  /^(?:[\d\s./:-]+|\/+|and\/or|either\/or|n\/a|w\/o?|i\/o|tcp\/ip|ci\/cd|a\/b|yes\/no|on\/off|true\/false|read\/write|input\/output|client\/server|km\/h|\/(?:clear|compact|help|model|init|review|cost|exit|login|logout|memory|config|resume|status))$/iu;
const PRODUCTS = /^(?:node|next|nuxt|vue|react|express|three|d3|chart|socket)\.js$/iu;
/** Folders and names that every machine has: alone they tell nobody anything. */
const EVERYWHERE = new Set(
  'home users user root admin ubuntu runner node code src source sources project projects repo repos work workspace workspaces dev git github documents desktop downloads tmp temp var opt mnt media private volumes data app apps packages lib libs test tests docs bin build dist main master develop head c d'.split(
    ' ',
  ),
);

/**
 * Stands in for the names of files, folders, projects and addresses: the same name gets the same
 * stand-in (`project-1`, `file-3.ts`) all through one export.
 */
export class PathNames {
  readonly #names = new Map<string, string>();
  readonly #counts = new Map<string, number>();
  readonly #projects: string[] = [];
  /** Names without any mark of a path, found as whole words; with what stands for each. */
  readonly #words = new Map<string, string>();
  #pattern: RegExp | null = null;
  /** The names with gaps in them, which no piece of a text may part. */
  #spaced: RegExp | null = null;

  /** Makes the name of a project known, also as a word in a text. */
  addProject(path: string): void {
    if (this.#names.has(path)) return;
    const name = this.#name(path, 'project', '');
    this.#projects.push(path);
    this.#projects.sort((a, b) => b.length - a.length);
    const segments = path.split(/[\\/]+/u).filter((segment) => segment !== '');
    this.#word(path, name);
    this.#word(segments.at(-1) ?? '', name);
    for (const segment of segments.slice(0, -1)) {
      if (!EVERYWHERE.has(segment.toLowerCase())) {
        this.#word(segment, this.#name(segment, 'folder', ''));
      }
    }
  }

  /** Makes a file's name known, also where it has no ending that tells it from a word. */
  addFile(path: string): void {
    const name = this.of(path);
    if (/\s/u.test(path)) this.#word(path, name);
    const base = baseOf(path);
    if (/\s/u.test(base) || !KNOWN_EXTENSION.test(base)) this.#word(base, name);
  }

  addBranch(branch: string): string {
    if (EVERYWHERE.has(branch.toLowerCase())) return branch;
    const name = this.#name(`branch:${branch}`, 'branch', '');
    this.#word(branch, name);
    return name;
  }

  /** What stands for a path. */
  of(path: string): string {
    const project = this.#projects.find((one) => path === one || path.startsWith(`${one}/`));
    if (project === path) return this.#name(path, 'project', '');
    const within = project === undefined ? path : path.slice(project.length + 1);
    const base = baseOf(within);
    const extension = KNOWN_EXTENSION.exec(base)?.[0].toLowerCase() ?? '';
    const known = this.#names.get(within) ?? (within === base ? undefined : this.#alone(base));
    if (known !== undefined) return known;
    const isFile = extension !== '' || base.startsWith('.');
    const name = this.#name(within, isFile ? 'file' : 'path', extension);
    if (isFile && !this.#names.has(base)) this.#names.set(base, name);
    return name;
  }

  /** A text with stand-ins for every path, file name, address and known name in it. */
  hide(text: string): string {
    const pattern = (this.#pattern ??= this.#compile());
    return textPieces(text, PIECE, this.#spaced)
      .map((piece) => piece.replace(pattern, (found) => this.#standIn(found)))
      .join('');
  }

  #standIn(found: string): string {
    const word = this.#words.get(found.toLowerCase());
    if (word !== undefined) return word;
    if (WORDS.test(found) || PRODUCTS.test(found)) return found;
    const [, kept = found, after = ''] = /^(.*?)([.,:;!?)\]}]*)$/su.exec(found) ?? [];
    if (kept === '' || WORDS.test(kept)) return found;
    if (/^[a-z][a-z\d+.-]*:\/\/|@[^/]*\./iu.test(kept)) return this.#name(kept, 'link', '') + after;
    return this.of(kept.length > 1 ? kept.replace(/[\\/]+$/u, '') : kept) + after;
  }

  #compile(): RegExp {
    const words = [...this.#words.keys()]
      .sort((a, b) => b.length - a.length)
      .map((word) => `(?<![\\p{L}\\p{N}])${escaped(word)}(?![\\p{L}\\p{N}])`);
    const spaced = words.filter((word) => word.includes('\\s'));
    const plain = words.filter((word) => !word.includes('\\s'));
    this.#spaced = spaced.length === 0 ? null : new RegExp(spaced.join('|'), 'giu');
    return new RegExp([...spaced, ADDRESS, MAIL_OR_REMOTE, PATH, FILE, ...plain].join('|'), 'giu');
  }

  /** A file that is known by its last name alone. */
  #alone(base: string): string | undefined {
    return this.#names.get(base);
  }

  #word(word: string, name: string): void {
    if (word.length < 2 || this.#words.has(word.toLowerCase())) return;
    this.#words.set(word.toLowerCase(), name);
    this.#pattern = null;
  }

  #name(key: string, kind: string, extension: string): string {
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    const name = `${kind}-${String(count)}${extension}`;
    this.#names.set(key, name);
    return name;
  }
}

function baseOf(path: string): string {
  return path.split(/[\\/]/u).at(-1) ?? path;
}

function escaped(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\/]/gu, '\\$&').replace(/\s+/gu, '\\s+');
}
