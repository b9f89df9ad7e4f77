import pc from 'picocolors';

export type Colors = ReturnType<typeof pc.createColors>;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Colours where they are wanted: on a terminal, unless NO_COLOR says otherwise (no-color.org);
 * FORCE_COLOR wins, and is no when it is 0; what was `said` on the command line wins over all.
 */
export function colorsFor(isTerminal: boolean, env: Environment, said?: boolean): Colors {
  if (said !== undefined) return pc.createColors(said);
  const { FORCE_COLOR: force, NO_COLOR: none, TERM: term } = env;
  if (force !== undefined && force !== '')
    return pc.createColors(force !== '0' && force !== 'false');
  return pc.createColors(isTerminal && !none && term !== 'dumb');
}
