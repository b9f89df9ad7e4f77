import * as z from 'zod';

export const LOOPBACK_FIX = 'Use 127.0.0.1, ::1 or localhost, or leave --host out.';
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** 0 lets the system pick a free one. */
export const portSchema = z
  .string()
  .regex(/^\d{1,5}$/, 'a port is a whole number from 0 to 65535')
  .transform(Number)
  .pipe(z.number().max(65_535, 'a port is a whole number from 0 to 65535'));

/** Only names and addresses of this very machine. */
export const hostSchema = z
  .string()
  .transform((host) => host.toLowerCase().replace(/^\[(.*)\]$/, '$1'))
  .refine((host) => host === 'localhost' || host === '::1' || isLoopbackV4(host));

export const folderSchema = z
  .string()
  .refine((folder) => folder.trim() !== '', 'it must name a folder');

export const logLevelSchema = z.enum(LOG_LEVELS, {
  error: `the levels are ${LOG_LEVELS.join(', ')}`,
});

export const devOriginSchema = z
  .string()
  .regex(
    /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/,
    'it must be an origin of this machine such as http://localhost:3000',
  );

function isLoopbackV4(host: string): boolean {
  return z.ipv4().safeParse(host).success && host.startsWith('127.');
}
