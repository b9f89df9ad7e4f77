import { expect, it } from 'vitest';
import { RowPace } from './row-pace';

function paced(perFrame: number) {
  const asked: (() => void)[] = [];
  const made: string[] = [];
  const pace = new RowPace(perFrame, (then) => asked.push(then));
  const wait = (name: string) => pace.wait(() => made.push(name));
  const frame = () => {
    for (const then of asked.splice(0)) then();
  };
  return { asked, made, pace, wait, frame };
}

it('makes so many rows for a frame, and the others in their order for the next ones', () => {
  const { made, wait, frame } = paced(2);
  for (const name of ['a', 'b', 'c', 'd', 'e']) wait(name);
  expect(made).toEqual([]);
  frame();
  expect(made).toEqual(['a', 'b']);
  frame();
  expect(made).toEqual(['a', 'b', 'c', 'd']);
  frame();
  expect(made).toEqual(['a', 'b', 'c', 'd', 'e']);
});

it('counts what is taken at once and what has waited together', () => {
  const { made, pace, wait, frame } = paced(3);
  expect([pace.take(), pace.take(), pace.take(), pace.take()]).toEqual([true, true, true, false]);
  wait('a');
  wait('b');
  frame();
  expect(made).toEqual(['a', 'b']);
  expect([pace.take(), pace.take()]).toEqual([true, false]);
});

it('forgets a row that has gone while it waited', () => {
  const { made, wait, frame } = paced(1);
  const leave = wait('a');
  wait('b');
  leave();
  frame();
  expect(made).toEqual(['b']);
});

it('asks for no frame when nothing is to be made', () => {
  const { asked, pace, frame } = paced(2);
  pace.take();
  pace.take();
  expect(asked).toHaveLength(1);
  frame();
  expect(asked).toHaveLength(0);
  expect(pace.take()).toBe(true);
});
