import type { SessionEvent, SessionState } from '@claude-optimizer/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Script, TwoSources, type Moment } from './two-sources.fixture.js';

function story(): Script {
  return new Script()
    .prompt('Build the cart')
    .create('1', 'Write the cart')
    .create('2', 'Test the cart')
    .update('1', 'Write the cart', 'in_progress')
    .tool('Bash', { command: 'npm test' }, {}, 'error')
    .tool('Edit', { file_path: '/work/shop/cart.ts', old_string: 'a', new_string: 'b\nc' })
    .update('1', 'Write the cart', 'completed')
    .answer('The cart is written.')
    .prompt('Go on')
    .agent('Look for tests')
    .tool('Bash', { command: 'rm -rf build' }, {}, 'denied')
    .todos(['Read', 'in_progress'], ['Write', 'pending'])
    .todos(['Read', 'completed'], ['Write', 'in_progress'])
    .update('2', 'Test the cart', 'completed')
    .update('2', 'Test the cart', 'in_progress')
    .answer('Half of it.')
    .prompt('Go on')
    .todos(['Read', 'completed'], ['Write', 'completed'])
    .answer('All of it.');
}

/** What both sources tell; times and durations differ by the way a word takes. */
function told({ summary, tools, objectives, agents, files }: SessionState) {
  const { counts, phase, openTools, firstPrompt, title, project, usage, visible } = summary;
  return {
    ...{ counts, phase, openTools, firstPrompt, title, project, usage, visible },
    tools: tools
      .map(({ name, count, errors, denials, linesAdded }) => [
        name,
        count,
        errors,
        denials,
        linesAdded,
      ])
      .sort(),
    objectives: objectives
      .map(({ id, text, status, taskId }) => ({ id, text, status, taskId }))
      .sort((a, b) => a.id.localeCompare(b.id)),
    agents: agents.map(({ id, status, agentType, toolUseId }) => ({
      id,
      status,
      agentType,
      toolUseId,
    })),
    files: files.map(({ path, edits }) => ({ path, edits })),
  };
}

const lines = (moments: readonly Moment[]) => moments.filter(({ line }) => line !== undefined);
const hooks = (moments: readonly Moment[]) => moments.filter(({ hook }) => hook !== undefined);

async function play(order: readonly (readonly [Moment, 'line' | 'hook' | 'restart'])[]) {
  const sources = await TwoSources.open();
  for (const [moment, what] of order) {
    if (what === 'restart') await sources.restart();
    else if (what === 'line' && moment.line) await sources.line(moment.line);
    else if (what === 'hook' && moment.hook) await sources.hook(moment.at, moment.hook);
  }
  const state = await sources.state();
  await sources.store.close();
  return { state, events: sources.events };
}

const onlyLines = async (moments: readonly Moment[]) =>
  told((await play(lines(moments).map((moment) => [moment, 'line'] as const))).state);

/** How often the same thing was told: a tool's start, a prompt. */
function repeated(events: readonly SessionEvent[]): string[] {
  const seen = new Set<string>();
  return events.flatMap((event) => {
    const key =
      event.type === 'session:tool'
        ? `${event.toolUseId} ${event.phase}`
        : event.type === 'session:turn' && event.phase === 'start'
          ? (event.promptId ?? event.recordId)
          : null;
    if (key === null || !seen.has(key)) {
      if (key !== null) seen.add(key);
      return [];
    }
    return [key];
  });
}

describe('a session told by hooks and by its transcript', () => {
  it('is the same whichever comes first', async () => {
    const { moments } = story().end();
    const expected = await onlyLines(moments);
    const asLines = lines(moments).map((moment) => [moment, 'line'] as const);
    const asHooks = hooks(moments).map((moment) => [moment, 'hook'] as const);
    for (const order of [
      [...asHooks, ...asLines],
      [...asLines, ...asHooks],
    ]) {
      const { state, events } = await play(order);
      expect(told(state)).toEqual(expected);
      expect(repeated(events)).toEqual([]);
    }
    expect(expected.counts).toMatchObject({ prompts: 3, tools: 13, toolErrors: 1, denials: 1 });
  });

  it('is the same in any interleaving, with doubled hooks and restarts on the way', async () => {
    // It ends in the middle of a turn: late ends of earlier ones mustn't end it.
    const { moments } = story()
      .prompt('One more')
      .tool('Read', { file_path: '/work/shop/cart.ts' });
    const expected = await onlyLines(moments);
    expect(expected.phase).toBe('working');
    const all = [lines(moments), hooks(moments)] as const;
    const steps = all[0].length + all[1].length;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('line', 'hook', 'hook twice', 'restart'), {
          minLength: steps,
          maxLength: steps * 2,
        }),
        async (choices) => {
          const [first, second] = [[...all[0]], [...all[1]]];
          const order: [Moment, 'line' | 'hook' | 'restart'][] = [];
          for (const choice of choices) {
            if (choice === 'restart') order.push([{ at: 0 }, 'restart']);
            const next = choice === 'line' ? first.shift() : second.shift();
            if (next === undefined) continue;
            order.push([next, choice === 'line' ? 'line' : 'hook']);
            if (choice === 'hook twice') order.push([next, 'hook']);
          }
          for (const rest of first) order.push([rest, 'line']);
          for (const rest of second) order.push([rest, 'hook']);
          const { state, events } = await play(order);
          expect(told(state)).toEqual(expected);
          expect(repeated(events)).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is the same when hooks are missing: a dead daemon, a switch in the middle', async () => {
    const { moments } = story();
    const expected = await onlyLines(moments);
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.boolean()), async (stream) => {
        const order = moments.flatMap((moment): [Moment, 'line' | 'hook'][] => {
          const heard = stream.next().value === true;
          const late = stream.next().value === true;
          const both: [Moment, 'line' | 'hook'][] = [
            [moment, 'hook'],
            [moment, 'line'],
          ];
          return heard ? (late ? both.reverse() : both) : [[moment, 'line']];
        });
        expect(told((await play(order)).state)).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });

  it('is seen by hooks alone, with its project, tools and objectives', async () => {
    const { moments } = story();
    const { state } = await play(hooks(moments).map((moment) => [moment, 'hook'] as const));
    expect(state.summary).toMatchObject({
      project: '/work/shop',
      title: 'Build the cart',
      firstPrompt: 'Build the cart',
      visible: true,
      live: true,
      phase: 'turn-ended',
      counts: { prompts: 3, tools: 13, toolErrors: 1 },
      usage: { messages: 0 },
    });
    expect(state.objectives.map(({ text, status }) => [text, status])).toEqual([
      ['Write the cart', 'completed'],
      ['Test the cart', 'in_progress'],
      ['Read', 'completed'],
      ['Write', 'completed'],
    ]);
  });
});
