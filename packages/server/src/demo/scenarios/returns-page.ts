import { exit, pause, prompt, respond, say, think, type Scenario } from '../script.js';
import { ask, bash, createTask, edit, read, updateTask } from '../tools.js';

const project = '/home/robin/code/juniper-shop';
const at = (path: string): string => `${project}/${path}`;

/** A small change that waits for the person's answer in the middle. */
export const returnsPage: Scenario = {
  name: 'returns-page',
  title: 'Rewrite the returns page',
  project,
  branch: 'returns-copy',
  model: 'claude-sonnet-5-5',
  cache: '1h',
  entrypoint: 'cli',
  permissionMode: 'default',
  steps: [
    prompt('Rewrite the returns page so that a customer understands it in half a minute.'),
    respond(
      think(480, 'Read the page and the rules.'),
      say('I read the page and the rules behind it.'),
      read(at('src/pages/returns.mdx'), 146),
      read(at('src/orders/return-rules.ts'), 92),
    ),
    respond(
      createTask('Shorten the page', 'Under 200 words'),
      createTask('Show the deadline of each item', 'From the rules'),
    ),
    respond(updateTask(1, 'in_progress')),
    respond(
      think(
        900,
        'Live plants have another deadline than pots. The page says 30 days, the rules 14.',
      ),
      say(
        'The page promises 30 days for everything, the rules give live plants 14. Which is right?',
      ),
      ask(
        'How long may live plants be returned?',
        ['14 days, as the rules say', '30 days, as the page says'],
        '14 days, as the rules say',
        95,
      ),
    ),
    respond(
      think(760, 'Fourteen days for plants.'),
      edit(
        at('src/pages/returns.mdx'),
        12,
        'You can return everything within 30 days.',
        'Pots and tools: 30 days. Live plants: 14 days, with a photo if they arrived damaged.',
      ),
    ),
    respond(updateTask(1, 'completed'), updateTask(2, 'in_progress')),
    respond(
      think(1_100, 'A deadline for each line of the order.'),
      edit(
        at('src/orders/order-lines.tsx'),
        48,
        '          <td>{line.name}</td>',
        '          <td>{line.name}</td>\n          <td>{returnUntil(line)}</td>',
      ),
      bash('npx vitest run src/orders', ' Tests  41 passed (41)', 13),
    ),
    respond(updateTask(2, 'completed')),
    respond(
      say('The page has 168 words now, and each line of an order shows until when it may go back.'),
    ),
    pause(25),
    exit(),
  ],
};
