import path from 'node:path';
import {
  exportFormats,
  exportRequestSchema,
  OptimizerError,
  type ExportRequest,
} from '@claude-optimizer/protocol';
import {
  countExported,
  exportJsonSchema,
  openExport,
  storedOrigin,
  type OpenExport,
} from '@claude-optimizer/server/export';
import { openSource, readFolders, type ReportSource } from '@claude-optimizer/server/reports';
import { badOptions } from '../bad-options.js';
import { dayOf, withoutSlash } from '../report/options.js';
import { showProgress } from '../report/progress.js';
import { withProgress, written } from './write-export.js';

/** What the command line said of an export. */
export type ExportFlags = {
  claudeDir?: string[];
  dataDir?: string;
  format?: string;
  what?: string;
  redact?: string;
  output?: string;
  force?: boolean;
  since?: string;
  until?: string;
  timezone?: string;
  project?: string;
  model?: string;
  status?: string;
  schema?: boolean;
};

/** Writes an export to a file or to standard output, read beside the daemon or without one. */
export async function exportSessions(ids: readonly string[], flags: ExportFlags): Promise<void> {
  if (flags.schema) {
    process.stdout.write(`${JSON.stringify(exportJsonSchema(), null, 2)}\n`);
    return;
  }
  const request = requestOf(flags);
  const folders = foldersOf(flags);
  const source = await openedSource(folders);
  try {
    if (!source.store) throw new Error('an export was given no store');
    const origin = await storedOrigin(source.store, folders, Date.now);
    const whole = ids.length === 0 ? {} : { ids: await fullIds(source.store, ids) };
    const wanted = { ...request, ...whole };
    const opened = await openExport(origin, wanted);
    const place = placeOf(flags, opened);
    await written(
      withProgress(opened, await countExported(origin, wanted)),
      place,
      flags.force ?? false,
    );
  } finally {
    await source.close();
  }
}

function requestOf(flags: ExportFlags): ExportRequest {
  const { since, until, timezone, project, model } = flags;
  const given = {
    format: flags.format ?? formatOfFile(flags.output) ?? 'md',
    ...(flags.what !== undefined && { what: flags.what }),
    ...(flags.redact !== undefined && { redact: listOf(flags.redact) }),
    ...(since !== undefined && { since: dayOf('--since', since) }),
    ...(until !== undefined && { until: dayOf('--until', until) }),
    ...(timezone !== undefined && { timezone }),
    ...(project !== undefined && { project: withoutSlash(project) }),
    ...(model !== undefined && { model }),
    ...(flags.status !== undefined && { status: listOf(flags.status) }),
  };
  const asked = exportRequestSchema.safeParse(given);
  if (!asked.success) throw badOptions(asked.error, given, 'export');
  return asked.data;
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
}

function formatOfFile(file: string | undefined): string | undefined {
  const ending = file === undefined ? '' : path.extname(file).slice(1).toLowerCase();
  return exportFormats.find((format) => format === ending);
}

type Folders = ReturnType<typeof readFolders>;

function foldersOf({ claudeDir, dataDir }: ExportFlags): Folders {
  return readFolders({
    ...(claudeDir && { claudeDir }),
    ...(dataDir !== undefined && { dataDir }),
  });
}

async function openedSource(folders: Folders): Promise<ReportSource> {
  const progress = showProgress(process.stderr);
  const onProgress = progress.show;
  try {
    return await openSource({
      ...folders,
      needsStore: true,
      follow: false,
      now: Date.now,
      onProgress,
    });
  } finally {
    progress.end();
  }
}

/** Sessions by the beginning of their ids, as lists show them. */
async function fullIds(
  store: NonNullable<ReportSource['store']>,
  ids: readonly string[],
): Promise<string[]> {
  const known = [...(await store.sessionHeads()).keys()];
  return ids.map((id) => {
    if (known.includes(id)) return id;
    const [only, another] = known.filter((one) => one.startsWith(id));
    if (only === undefined || id.length < 4) return id;
    if (another === undefined) return only;
    throw new OptimizerError('bad_request', `More than one session begins with ${id}.`, {
      fix: `Give more of it, as ${only.slice(0, 12)} or ${another.slice(0, 12)}.`,
    });
  });
}

/** Where it goes: what isn't text never goes to a terminal. */
function placeOf({ output }: ExportFlags, { fileName }: OpenExport): string | null {
  if (output !== undefined) return output === '-' ? null : output;
  return fileName.endsWith('.pdf') && process.stdout.isTTY ? fileName : null;
}
