import { inspect, readConfig, type DoctorReport, type Flags } from '@claude-optimizer/server';

/** Looks at what `start` would work with. Throws `config_invalid` as it would. */
export function doctor(flags: Flags): Promise<DoctorReport> {
  return inspect(readConfig({ flags }));
}
