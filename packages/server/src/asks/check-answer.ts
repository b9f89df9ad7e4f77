import { OptimizerError, type Ask, type AskAnswer } from '@claude-optimizer/protocol';

const DECISIONS: Record<Ask['kind'], readonly AskAnswer['decision'][]> = {
  permission: ['allow', 'allow-for-run', 'deny'],
  question: ['answers', 'deny'],
  limit: ['extend', 'finish', 'stop'],
};

/** Throws `bad_request` when the answer isn't one to this question. */
export function checkAnswer(ask: Ask, answer: AskAnswer): void {
  const possible = DECISIONS[ask.kind];
  if (!possible.includes(answer.decision)) {
    throw wrong(`"${answer.decision}" is no answer to a ${ask.kind}.`, possible.join(', '));
  }
  if (answer.decision !== 'answers') return;
  const asked = ask.questions.map(({ question }) => question);
  const stray = Object.keys(answer.answers).find((question) => !asked.includes(question));
  if (stray !== undefined) throw wrong(`Nobody asked ${JSON.stringify(stray)}.`, list(asked));
  const open = asked.find((question) => (answer.answers[question] ?? '').trim() === '');
  if (open !== undefined) throw wrong(`${JSON.stringify(open)} has no answer.`, list(asked));
}

function list(questions: readonly string[]): string {
  return `an answer to each of ${JSON.stringify(questions)}`;
}

function wrong(message: string, expected: string): OptimizerError {
  return new OptimizerError('bad_request', message, { fix: `Send ${expected}.` });
}
