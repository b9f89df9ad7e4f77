import type { Command } from 'commander';
import type { ExportFlags } from './export.js';

const EXAMPLES = `
Examples:
  claude-optimizer export 3f2a9c41 --format pdf            one session, by the beginning of its id
  claude-optimizer export --since 2026-01-01 -f csv -o year.csv
  claude-optimizer export -f csv --what usage | sqlite-utils insert usage.db usage - --csv
  claude-optimizer export -f html --redact paths,code,prompts -o shared.html
`;

/** Adds `export [ids…]` to a command: the program itself, or its `sessions`. */
export function addExportCommand(to: Command, withFolders: (to: Command) => Command): void {
  withFolders(to.command('export [ids...]'))
    .description('sessions as a PDF report, Markdown, HTML in one file, CSV or JSON')
    .option(
      '-f, --format <format>',
      'pdf, md, html, csv or json (default: by the file’s name, or md)',
    )
    .option(
      '-w, --what <rows>',
      'csv and json: sessions, usage (single responses) or tools (calls)',
    )
    .option('-r, --redact <kinds>', 'leave out paths, code, prompts: any of them, by commas')
    .option('-o, --output <file>', 'file to write; - is standard output')
    .option('--force', 'write over a file that is there')
    .option('-s, --since <day>', 'sessions from this day on (YYYY-MM-DD or YYYYMMDD)')
    .option('-u, --until <day>', 'up to this day, included')
    .option('-z, --timezone <zone>', "zone in which days begin (default: this machine's)")
    .option('-p, --project <path>', 'only this project: its path or its last folder')
    .option('--model <name>', 'only sessions with this model')
    .option(
      '--status <statuses>',
      'only those running, waiting, idle, completed, failed, interrupted',
    )
    .option('--schema', 'print the JSON Schema of the JSON format instead')
    .addHelpText('after', EXAMPLES)
    .action(async (ids: string[], flags: ExportFlags) => {
      await (await import('./export.js')).exportSessions(ids, flags);
    });
}
