import type { Entrance } from './program.js';
import type { SeededRandom } from './random.js';
import { Scribe } from './scribe.js';
import { timeline, type Act } from './timeline.js';

/** An act of one session; `at` in ms of life since the round's start. */
export type Appointment = { at: number; act: Act; scribe: Scribe };

/** All that happens in a round, in order of time. */
export function agenda(entrances: readonly Entrance[], random: SeededRandom): Appointment[] {
  return entrances
    .flatMap(({ at, scenario, pastPace = 1 }) => {
      const own = random.fork();
      const acts = timeline(scenario, own);
      const scribe = new Scribe(scenario, own);
      return acts.map((timed) => {
        const when = at + timed.at;
        return { at: when < 0 ? when * pastPace : when, act: timed.act, scribe };
      });
    })
    .sort((a, b) => a.at - b.at);
}
