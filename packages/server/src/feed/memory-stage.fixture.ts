import type { DemoState } from '@claude-optimizer/protocol';
import type { Stage } from '../history.js';
import { MemoryHistory } from './memory-history.fixture.js';

/** A stage with two histories in memory: the person's own and the demo's. */
export class MemoryStage implements Stage {
  readonly own = new MemoryHistory('own');
  readonly demonstration = new MemoryHistory('demo');
  private state: DemoState = { running: false, speed: 1 };
  private readonly listeners = new Set<() => void>();

  current() {
    return this.state.running ? this.demonstration : this.own;
  }

  conversations() {
    return null;
  }

  demo() {
    return this.state;
  }

  startDemo(speed: DemoState['speed']) {
    return this.set({ running: true, speed });
  }

  stopDemo() {
    return this.set({ running: false, speed: 1 });
  }

  onSwitch(listener: () => void) {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  private set(state: DemoState) {
    this.state = state;
    for (const listener of this.listeners) listener();
    return Promise.resolve();
  }
}
