import { visibleText } from '@claude-optimizer/protocol';

/** Questions that were asked of the person, with the answers that they gave. */
export function Questions({ questions, twin }: { questions: unknown; twin: unknown }) {
  if (!Array.isArray(questions)) return null;
  const answers = fieldsOf(fieldsOf(twin)['answers']);
  return (
    <dl className="space-y-1 text-xs">
      {questions.map((value: unknown, at) => {
        const question = fieldsOf(value)['question'];
        if (typeof question !== 'string') return null;
        const answer = answers[question];
        return (
          <div key={at} dir="auto">
            <dt className="text-ink-2">{visibleText(question)}</dt>
            <dd className="font-medium">
              {typeof answer === 'string' ? visibleText(answer) : 'no answer'}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
