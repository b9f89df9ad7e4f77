import type { SessionEvent } from '@claude-optimizer/protocol';
import { describe, expect, it } from 'vitest';
import { NOW, prompted, started, tokensUsed, turnEnded, usageOf } from '../feed/event.fixture';
import { Player } from './player';

const MINUTE = 60_000;
const EVENTS: SessionEvent[] = [
  started(10, 'a'),
  prompted(12, 'a', NOW + 1_000),
  tokensUsed(13, 'a', usageOf(5, 10), { at: NOW + 2_000 }),
  turnEnded(17, 'a', NOW + 3_000),
  prompted(18, 'a', NOW + 40 * MINUTE),
];

function playerAt(seq: number, events = EVENTS): Player {
  const player = new Player('a', MINUTE, seq);
  player.use(events, true);
  return player;
}

describe('Player', () => {
  it('goes to the event that the address names, or to the one before it', () => {
    expect(playerAt(13).state).toMatchObject({ count: 3, seq: 13, at: NOW + 2_000 });
    expect(playerAt(16).state).toMatchObject({ count: 3, seq: 13 });
    expect(playerAt(1).state).toMatchObject({ count: 1, seq: 10 });
    expect(playerAt(99).state).toMatchObject({ count: 5, seq: 18 });
  });

  it('waits for an event that is still on its way', () => {
    const player = new Player('a', MINUTE, 17);
    player.use(EVENTS.slice(0, 2), false);
    expect(player.state).toMatchObject({ count: 0, detail: null });
    player.use(EVENTS, true);
    expect(player.state).toMatchObject({ count: 4, seq: 17 });
  });

  it('stays where it is when more happens', () => {
    const player = playerAt(13);
    const { detail } = player.state;
    player.use([...EVENTS, prompted(30, 'a', NOW + 50 * MINUTE)], true);
    expect(player.state).toMatchObject({ count: 3, seq: 13, isPlaying: false });
    expect(player.state.detail).toEqual(detail);
    expect(player.state.events).toHaveLength(6);
  });

  it("judges the status by the moment's clock", () => {
    const player = playerAt(17);
    expect(player.state.detail?.state.summary.status).toBe('waiting');
    player.setSpeed(60);
    player.play();
    const seen = new Set<string>();
    for (let frames = 0; player.state.isPlaying && frames < 1_000; frames += 1) {
      player.pass(100);
      seen.add(player.state.detail?.state.summary.status ?? '');
    }
    expect([...seen]).toEqual(['waiting', 'idle', 'running']);
    expect(player.state).toMatchObject({ count: 5, isPlaying: false });
  });

  it('plays on from where it is, skipping waits, and from the start once it is over', () => {
    const player = playerAt(12);
    player.play();
    player.pass(100);
    expect(player.state).toMatchObject({ count: 3, isPlaying: true });
    for (let frames = 0; frames < 10; frames += 1) player.pass(100);
    expect(player.state).toMatchObject({ count: 5, isPlaying: false });
    player.play();
    expect(player.state).toMatchObject({ count: 1, isPlaying: true });
  });

  it('goes on playing when more happens meanwhile', () => {
    const player = playerAt(17);
    player.play();
    player.pass(100);
    player.use([...EVENTS, prompted(30, 'a', NOW + 50 * MINUTE)], true);
    expect(player.state).toMatchObject({ count: 4, isPlaying: true });
    for (let frames = 0; frames < 10; frames += 1) player.pass(100);
    expect(player.state).toMatchObject({ count: 6, isPlaying: false });
  });

  it('steps, and says where there is no step', () => {
    const player = playerAt(10);
    expect(player.step('turn', 1)).toBe(true);
    expect(player.state.seq).toBe(12);
    expect(player.step('error', 1)).toBe(false);
    expect(player.step('event', -1)).toBe(true);
    expect(player.step('event', -1)).toBe(false);
    expect(player.state.seq).toBe(10);
  });
});
