import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { ExportedFile } from './exported-file.js';

/** Addresses of sessions, whatever the id, are answered with the files of the placeholder `_`. */
const SESSION_PATH = /^sessions\/[^/]+?(\.txt|\/__next\.[^/]+\.txt|\/?)$/;

/** The exported dashboard by the paths that a browser asks for (see dashboard/README.md). */
export class DashboardFiles {
  private files = new Map<string, ExportedFile>();
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
      this.files.get(name === '' ? 'index.html' : name) ??
      this.files.get(`${name}.html`) ??
      (session === undefined ? undefined : this.files.get(`sessions/_${sessionPart(session)}`))
    );
  }

  get notFound(): ExportedFile | undefined {
    return this.files.get('404.html');
  }

  /** Reads the folder again when it has been built anew: chunks then have other names. */
  private refresh(): void {
    const index = statSync(path.join(this.dir, 'index.html'), { throwIfNoEntry: false });
    const writtenAt = index?.mtimeMs ?? null;
    if (writtenAt === this.readAt) return;
    this.files = writtenAt === null ? new Map<string, ExportedFile>() : readFiles(this.dir);
    this.readAt = writtenAt;
  }
}

function sessionPart(part: string): string {
  return part === '' || part === '/' ? '.html' : part;
}

function readFiles(dir: string): Map<string, ExportedFile> {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  return new Map(
    files.map((file) => {
      const name = path.relative(dir, file).split(path.sep).join('/');
      return [name, new ExportedFile(name, readFileSync(file))];
    }),
  );
}
