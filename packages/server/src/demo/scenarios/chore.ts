import {
  exit,
  failure,
  interrupt,
  pause,
  prompt,
  respond,
  retry,
  say,
  think,
  type Scenario,
  type Step,
} from '../script.js';
import { agent, bash, bashFails, createTask, edit, read, updateTask } from '../tools.js';

/** A finished piece of work in a few words; the steps follow from it. */
export type Chore = {
  title: string;
  repository: string;
  branch: string;
  model: string;
  asked: string;
  /** The files that are read; the first one is changed as often as there are parts. */
  files: readonly string[];
  parts: readonly string[];
  check: string;
  done: string;
  end: 'done' | 'interrupted' | 'failed';
  /** What a subagent is sent to look for. */
  lookUp?: string;
};

/** The scenario of a session that is already over when the demo begins. */
export function chore(work: Chore): Scenario {
  const project = `/home/robin/code/${work.repository}`;
  const paths = work.files.map((file) => `${project}/${file}`);
  const target = paths[0] ?? project;
  return {
    name: work.branch,
    title: work.title,
    project,
    branch: work.branch,
    model: work.model,
    cache: '1h',
    entrypoint: 'cli',
    permissionMode: 'acceptEdits',
    steps: [
      prompt(work.asked),
      respond(
        think(600, work.asked),
        say('I read what is there.'),
        ...paths.map((path, index) => read(path, 120 + index * 70)),
      ),
      ...lookingUp(work.lookUp),
      respond(...work.parts.map((part) => createTask(part, part))),
      ...work.parts.flatMap((part, index) => worked(work, part, index, target)),
      ...ending(work),
      pause(20),
      exit(),
    ],
  };
}

function lookingUp(what: string | undefined): Step[] {
  if (what === undefined) return [];
  const explorer = agent({
    type: 'Explore',
    model: 'claude-haiku-5-5',
    description: what,
    prompt: `${what}. Answer with files and lines.`,
    background: false,
    responses: [
      respond(bash('grep -rn export src', 'src/index.ts:1:export * from "./main";', 1)),
      respond(read('/home/robin/code/notes.md', 90)),
      respond(say('Three places; the one in src/index.ts matters.')),
    ],
  });
  return [respond(explorer)];
}

function worked(work: Chore, part: string, index: number, target: string): Step[] {
  const last = index === work.parts.length - 1;
  const number = index + 1;
  const begun = [
    respond(updateTask(number, 'in_progress')),
    respond(
      think(900 + index * 350, part),
      say(`${part}.`),
      edit(
        target,
        20 + index * 14,
        `export const step${String(number)} = null;`,
        `/** ${part}. */\nexport const step${String(number)} = create();\nregister(step${String(number)});`,
      ),
    ),
    respond(
      index === 1
        ? bashFails(work.check, ' Tests  1 failed | 40 passed (41)', 14)
        : bash(work.check, ' Tests  41 passed (41)', 14),
    ),
  ];
  if (last && work.end !== 'done') return begun;
  return [...begun, respond(updateTask(number, 'completed'))];
}

function ending(work: Chore): Step[] {
  switch (work.end) {
    case 'done':
      return [respond(say(work.done))];
    case 'interrupted':
      return [respond(bash('npm run build', 'built in 8.1 s', 9)), interrupt()];
    case 'failed':
      return [retry(1, 2, 600), retry(2, 2, 1_200), failure()];
  }
}
