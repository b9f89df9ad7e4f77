import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { isMissing } from '../../transcripts/find-transcripts.js';
import { ExportedFile } from './exported-file.js';

/** Addresses of sessions, whatever the id, are answered with the files of the placeholder `_`. */
const SESSION_PATH = /^sessions\/[^/]+?(\.txt|\/__next\.[^/]+\.txt|\/?)$/;

/** The exported dashboard by the paths that a browser asks for (see dashboard/README.md). */
export class DashboardFiles {
  /** Where each stands, by its name. */
  private places = new Map<string, string>();
  /** Those that were asked for. */
  private read = new Map<string, ExportedFile>();
  private readAt: number | null = null;

  constructor(private readonly dir: string) {}

  get isBuilt(): boolean {
    this.refresh();
    return this.readAt !== null;
  }

  /** The file for a path such as `/sessions/1f3a`; undefined when there is none. */
  find(pathname: string): ExportedFile | undefined {
    this.refresh();
    const name = pathname.slice(1);
    const session = SESSION_PATH.exec(name)?.[1];
    return (
      this.file(name === '' ? 'index.html' : name) ??
      this.file(`${name}.html`) ??
      (session === undefined ? undefined : this.file(`sessions/_${sessionPart(session)}`))
    );
  }

  get notFound(): ExportedFile | undefined {
    return this.file('404.html');
  }

  /** Lists the folder again when it has been built anew: chunks then have other names. */
  private refresh(): void {
    const index = statSync(path.join(this.dir, 'index.html'), { throwIfNoEntry: false });
    const writtenAt = index?.mtimeMs ?? null;
    if (writtenAt === this.readAt) return;
    this.places = writtenAt === null ? new Map<string, string>() : listFiles(this.dir);
    this.read = new Map();
    this.readAt = writtenAt;
  }

  private file(name: string): ExportedFile | undefined {
    const place = this.places.get(name);
    if (place === undefined) return undefined;
    const known = this.read.get(name);
    if (known) return known;
    try {
      const file = new ExportedFile(name, readFileSync(place));
      this.read.set(name, file);
      return file;
    } catch (error) {
      // It is being built anew.
      if (isMissing(error)) return undefined;
      throw error;
    }
  }
}

function sessionPart(part: string): string {
  return part === '' || part === '/' ? '.html' : part;
}

function listFiles(dir: string): Map<string, string> {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  return new Map(files.map((file) => [path.relative(dir, file).split(path.sep).join('/'), file]));
}
