/** What a file system tells of a file's age. */
export type FileTimes = { birthtimeMs: number; mtimeMs: number; ino: number };

/**
 * When a file was made (epoch ms, fractions tell files of one tick apart). Copied trees keep the
 * time of the last change but are born today; some systems know no birth.
 * The clock ticks every few ms: of files made within one tick the later has the greater inode.
 */
export function birthOf({ birthtimeMs, mtimeMs, ino }: FileTimes): number {
  const born = birthtimeMs > 0 ? Math.min(birthtimeMs, mtimeMs) : mtimeMs;
  return Math.floor(born) + (ino % 4_096) / 4_096;
}
