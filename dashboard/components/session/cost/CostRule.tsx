import { Panel } from '../Panel';

/** How the cost is taken apart, in the words of docs/costs.md. */
export function CostRule() {
  return (
    <Panel title="How this is counted">
      <details className="px-3 py-2 text-xs text-ink-2">
        <summary className="cursor-pointer">
          Each response is counted once and whole; all parts add up to the session’s cost.
        </summary>
        <ul className="mt-2 max-w-prose list-disc space-y-1.5 pl-5">
          <li>
            A response’s cost is what it added to the session’s. One without a known price is
            unknown, never 0; a sum with some of them is marked +.
          </li>
          <li>
            By turn: the main thread’s responses belong to the prompt before them, a subagent’s to
            the turn in which it was called, however long it works.
          </li>
          <li>
            By tool, cost: a response belongs to the tool that it called. One that called different
            tools at once isn’t cut in parts: it stands under “several tools”; one that called none
            under “answers”; what Claude Code asks for itself under its own name.
          </li>
          <li>
            By tool, brought: by how many tokens the context had grown when the model saw the
            results: call, result, and what the client added.
          </li>
          <li>
            By tool, sent: the same tokens, as often as they stood in front of the model in later
            responses of their thread. All of them add up to the prompt tokens of the conversation;
            what was compacted or taken out counts negative, under “shrunk”.
          </li>
        </ul>
      </details>
    </Panel>
  );
}
