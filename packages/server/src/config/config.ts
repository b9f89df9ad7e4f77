import type { LevelWithSilent } from 'pino';

/** Everything that can be set from outside, read once at the start and frozen. */
export type Config = {
  readonly port: number;
  readonly host: string;
  /** Folders that contain (or will contain) `projects`; absolute, without repeats. */
  readonly claudeDirs: readonly string[];
  readonly dataDir: string;
  /** Where the exported dashboard lies; it need not be built yet. */
  readonly dashboardDir: string;
  readonly open: boolean;
  readonly demo: boolean;
  /** False: plans are warned of, and started by the person alone. */
  readonly autoStart: boolean;
  readonly logLevel: LevelWithSilent;
  /** Origin of the dashboard's development server, the only other one that may ask us. */
  readonly devOrigin?: string;
};
