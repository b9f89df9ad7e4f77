import { OptimizerError } from '@claude-optimizer/protocol';
import type * as z from 'zod';

/** What the command line said, as text; what wasn't said is not there. */
export type Flags = {
  port?: string;
  host?: string;
  claudeDir?: string[];
  dataDir?: string;
  open?: boolean;
  demo?: boolean;
  autoStart?: boolean;
  logLevel?: string;
};

/** A value as somebody wrote it, and where: `--port` or `PORT`. */
export type Setting = { source: string; value: string };

/** The flag if it was given, else the variable if it is set and not empty. */
export function chosen(
  flag: [name: string, value: string | undefined] | undefined,
  env: Readonly<Record<string, string | undefined>> = {},
  variable?: string,
): Setting | undefined {
  if (flag?.[1] !== undefined) return { source: flag[0], value: flag[1] };
  const value = variable === undefined ? undefined : env[variable];
  return variable === undefined || !value ? undefined : { source: variable, value };
}

/** The setting's value by `schema`; undefined stays undefined. Throws `config_invalid`. */
export function readSetting<T>(setting: Setting | undefined, schema: z.ZodType<T>): T | undefined {
  if (setting === undefined) return undefined;
  const read = schema.safeParse(setting.value);
  if (read.success) return read.data;
  const why = read.error.issues[0]?.message ?? 'it is not valid';
  throw new OptimizerError(
    'config_invalid',
    `${setting.source} is ${JSON.stringify(setting.value)}, but ${why}.`,
    { fix: `Correct ${setting.source}, or leave it out for the default.` },
  );
}
