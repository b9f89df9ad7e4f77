import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { tell, type Telling } from './telling.fixture.js';

function told(name: string): Telling {
  return tell(readFileSync(new URL(`fixtures/${name}.jsonl`, import.meta.url), 'utf8'));
}

/** Only the lines about these kinds of event. */
function only(lines: readonly string[], ...kinds: string[]): string[] {
  return lines.filter((line) => kinds.includes(line.split(' ')[1] ?? ''));
}

describe('golden transcripts: kinds of lines', () => {
  it("prices an advisor's messages by their own model and splits cache writes by iterations", () => {
    expect(only(told('advisor-2-1-230').told, 'usage')).toMatchInlineSnapshot(`
      [
        "10:00:09.000 usage msg_1/req_1 claude-opus-5: 6 in, 300 out, 0 5m, 500 1h, 40300 read, context 20502 = 32680 µ$ exact",
        "10:00:09.000 usage msg_1#advisor0/req_1 claude-fable-5: 70339 in, 2105 out, 0 5m, 0 1h, 0 read = 808640 µ$ exact",
        "10:00:10.000 usage msg_2/req_2 claude-opus-5: 6 in, 10 out, 500 5m, 0 1h, 40300 read, context 40806 = 23555 µ$ exact",
      ]
    `);
  });

  it('takes compaction for what it is, not for a prompt', () => {
    expect(only(told('compaction-2-1-150').told, 'turn', 'compact')).toMatchInlineSnapshot(`
      [
        "10:00:00.000 turn phase="start" recordId="co-1" prompt="refactor everything"",
        "10:01:00.000 compact recordId="co-3" trigger="auto" preTokens=161010 postTokens=9000",
        "10:02:00.000 compact recordId="co-5" trigger="manual" preTokens=9500",
      ]
    `);
  });

  it('tells denials, cancelled calls, interruptions and errors apart', () => {
    const { told: lines, state } = told('endings');
    expect(only(lines, 'turn', 'error', 'tool').filter((line) => !/phase="start" label/.test(line)))
      .toMatchInlineSnapshot(`
      [
        "10:00:00.000 turn phase="start" recordId="en-1" prompt="deploy it"",
        "10:00:01.000 tool phase="start" toolUseId="toolu_1" name="Bash" label="step 1"",
        "10:00:02.000 tool phase="end" toolUseId="toolu_1" name="Bash" label="step 1" outcome="denied" durationMs=1000",
        "10:00:03.000 tool phase="start" toolUseId="toolu_2" name="Bash" label="step 2"",
        "10:00:04.000 tool phase="end" toolUseId="toolu_2" name="Bash" label="step 2" outcome="denied" durationMs=1000",
        "10:00:05.000 tool phase="start" toolUseId="toolu_3" name="Bash" label="step 3"",
        "10:00:06.000 tool phase="end" toolUseId="toolu_3" name="Bash" label="step 3" outcome="denied" durationMs=1000",
        "10:00:07.000 tool phase="start" toolUseId="toolu_4" name="Bash" label="step 4"",
        "10:00:08.000 tool phase="end" toolUseId="toolu_4" name="Bash" label="step 4" outcome="denied" durationMs=1000",
        "10:00:09.000 tool phase="start" toolUseId="toolu_5" name="Bash" label="step 5"",
        "10:00:10.000 tool phase="end" toolUseId="toolu_5" name="Bash" label="step 5" outcome="denied" durationMs=1000",
        "10:00:11.000 tool phase="start" toolUseId="toolu_6" name="ExitPlanMode" label=""",
        "10:00:12.000 tool phase="end" toolUseId="toolu_6" name="ExitPlanMode" label="" outcome="denied" durationMs=1000",
        "10:00:13.000 tool phase="start" toolUseId="toolu_7" name="Bash" label="step 7"",
        "10:00:14.000 tool phase="end" toolUseId="toolu_7" name="Bash" label="step 7" outcome="cancelled" durationMs=1000",
        "10:00:15.000 tool phase="start" toolUseId="toolu_8" name="Bash" label="step 8"",
        "10:00:16.000 tool phase="end" toolUseId="toolu_8" name="Bash" label="step 8" outcome="cancelled" durationMs=1000",
        "10:00:17.000 tool phase="start" toolUseId="toolu_9" name="Bash" label="step 9"",
        "10:00:18.000 tool phase="end" toolUseId="toolu_9" name="Bash" label="step 9" outcome="error" durationMs=1000 error="Exit code 2 The user doesn't want to proceed, says the script"",
        "10:00:19.000 tool phase="start" toolUseId="toolu_10" name="Bash" label="step 10"",
        "10:00:20.000 turn phase="interrupted" recordId="en-21"",
        "10:01:00.000 turn phase="start" recordId="en-23" prompt="try again"",
        "10:01:05.000 turn phase="interrupted" recordId="en-24"",
        "10:02:00.000 turn phase="start" recordId="en-26" prompt="and again"",
        "10:02:01.000 error recordId="en-27" message="API error: status 529 (retry 1 of 10)" status=529 fatal=false",
        "10:02:02.000 error recordId="en-28" message="API error: Connection error. (retry 2 of 10)" fatal=false",
        "10:02:09.000 turn phase="end" recordId="en-29"",
        "10:03:00.000 turn phase="start" recordId="en-31" prompt="more"",
        "10:03:02.000 error recordId="en-33" message="API Error: 404 {\\"type\\":\\"error\\"}" status=404 fatal=true",
        "10:04:00.000 error recordId="en-35" message="You've hit your session limit · resets 3pm" fatal=true",
      ]
    `);
    expect(state?.summary.counts).toMatchObject({ toolErrors: 1, denials: 6, errors: 4 });
    expect(state?.summary.phase).toBe('failed');
  });

  it('tells prompts from commands, injected text and notifications', () => {
    const { told: lines } = told('prompts');
    expect(only(lines, 'info', 'turn', 'agent', 'tool')).toMatchInlineSnapshot(`
      [
        "10:00:00.000 info project="/home/dev/shop" branch="main" version="2.1.210"",
        "10:00:03.000 info title="/model opus"",
        "10:01:03.000 info visible=true",
        "10:01:00.000 info title="/review if a < b & c"",
        "10:01:00.000 turn phase="start" recordId="pr-6" prompt="/review if a < b & c"",
        "10:01:03.000 turn phase="end" recordId="pr-8"",
        "10:02:00.000 turn phase="start" recordId="pr-9" prompt="rename this please"",
        "10:02:02.000 tool phase="start" toolUseId="toolu_1" name="Bash" label="npm run build"",
        "10:02:02.500 turn phase="start" recordId="pr-12" prompt="also run the tests"",
        "10:02:03.000 tool phase="end" toolUseId="toolu_1" name="Bash" label="npm run build" outcome="ok" durationMs=1000",
        "10:03:00.000 turn phase="start" recordId="pr-15" prompt="[image]"",
        "10:04:00.000 tool phase="start" toolUseId="toolu_2" name="Agent" label="Scan"",
        "10:04:00.000 agent agentId="use:toolu_2" toolUseId="toolu_2" agentType="Explore" description="Scan" prompt="Scan it all" status="running" agents=1",
        "10:04:00.100 tool phase="end" toolUseId="toolu_2" name="Agent" label="Scan" outcome="ok" durationMs=100",
        "10:04:00.100 agent agentId="abc123" toolUseId="toolu_2" agentType="Explore" description="Scan" prompt="Scan it all" status="background" agents=1",
        "10:04:00.200 tool phase="start" toolUseId="toolu_3" name="Agent" label="Mate"",
        "10:04:00.200 agent agentId="use:toolu_3" toolUseId="toolu_3" description="Mate" prompt="Be a mate" status="running" agents=2",
        "10:04:00.300 tool phase="end" toolUseId="toolu_3" name="Agent" label="Mate" outcome="ok" durationMs=100",
        "10:04:00.300 agent agentId="mate@team" toolUseId="toolu_3" description="Mate" prompt="Be a mate" status="background" agents=2",
        "10:04:01.000 turn phase="end" recordId="pr-25"",
        "10:05:00.000 agent agentId="abc123" toolUseId="toolu_2" agentType="Explore" description="Scan" status="failed" agents=2",
      ]
    `);
  });

  it('reads marks outside of code, and knows a marked task by its wording', () => {
    const { told: lines, state } = told('marks');
    expect(only(lines, 'objective')).toMatchInlineSnapshot(`
      [
        "10:00:01.100 objective objectiveId="build auth" text="Build auth" status="pending" source="task" taskId="1" progress={"completed":0,"total":1}",
        "10:00:02.000 objective objectiveId="build auth" text="Build auth" status="completed" source="task" taskId="1" progress={"completed":1,"total":1}",
        "10:00:02.000 objective objectiveId="migrated the users table" text="Migrated the users table" status="completed" source="mark" progress={"completed":2,"total":2}",
        "10:00:02.000 objective objectiveId="wrote the docs" text="Wrote the docs" status="completed" source="mark" progress={"completed":3,"total":3}",
        "10:00:02.000 objective objectiveId="checked links" text="Checked links" status="completed" source="mark" progress={"completed":4,"total":4}",
        "10:00:02.000 objective objectiveId="numbered one" text="Numbered one" status="completed" source="mark" progress={"completed":5,"total":5}",
      ]
    `);
    expect(state?.summary.objectives).toEqual({ completed: 5, total: 5 });
  });

  it('counts added and removed lines by the patch, else by what was asked for', () => {
    const { told: lines } = told('edits');
    expect(only(lines, 'tool').filter((line) => line.includes('phase="end"')))
      .toMatchInlineSnapshot(`
      [
        "10:00:01.500 tool phase="end" toolUseId="toolu_1" name="Edit" label="/home/dev/shop/a.ts" outcome="ok" durationMs=500 file="/home/dev/shop/a.ts" linesAdded=2 linesRemoved=1",
        "10:00:02.500 tool phase="end" toolUseId="toolu_2" name="Edit" label="/home/dev/shop/a.ts" outcome="ok" durationMs=500 file="/home/dev/shop/a.ts" linesAdded=2 linesRemoved=1",
        "10:00:03.500 tool phase="end" toolUseId="toolu_3" name="Write" label="/home/dev/shop/new.ts" outcome="ok" durationMs=500 file="/home/dev/shop/new.ts" linesAdded=3 linesRemoved=0",
        "10:00:04.500 tool phase="end" toolUseId="toolu_4" name="Write" label="/home/dev/shop/a.ts" outcome="ok" durationMs=500 file="/home/dev/shop/a.ts" linesAdded=1 linesRemoved=1",
        "10:00:05.500 tool phase="end" toolUseId="toolu_5" name="Write" label="/home/dev/shop/a.ts" outcome="ok" durationMs=500 file="/home/dev/shop/a.ts" linesAdded=0 linesRemoved=0",
        "10:00:06.500 tool phase="end" toolUseId="toolu_6" name="Write" label="/home/dev/shop/a.ts" outcome="ok" durationMs=500 file="/home/dev/shop/a.ts" linesAdded=2 linesRemoved=0",
        "10:00:07.500 tool phase="end" toolUseId="toolu_7" name="MultiEdit" label="/home/dev/shop/a.ts" outcome="ok" durationMs=500 file="/home/dev/shop/a.ts" linesAdded=1 linesRemoved=2",
        "10:00:08.500 tool phase="end" toolUseId="toolu_8" name="NotebookEdit" label="/home/dev/shop/n.ipynb" outcome="ok" durationMs=500 file="/home/dev/shop/n.ipynb" linesAdded=2 linesRemoved=0",
        "10:00:09.500 tool phase="end" toolUseId="toolu_9" name="Read" label="/home/dev/shop/a.ts" outcome="ok" durationMs=500 file="/home/dev/shop/a.ts"",
        "10:00:10.500 tool phase="end" toolUseId="toolu_10" name="AskUserQuestion" label="Which one?" outcome="ok" durationMs=500",
        "10:00:11.500 tool phase="end" toolUseId="toolu_11" name="mcp__github__search" label="bug" outcome="ok" durationMs=500",
      ]
    `);
  });

  it('reads what a damaged file still holds, and says what it could not read', () => {
    const { told: lines, malformed } = told('damaged');
    expect(malformed).toMatchInlineSnapshot(`
      [
        "line 10: not JSON (at character 0 of the line)",
        "line 11: not a JSON object",
        "line 12: cut off: JSON ends early",
      ]
    `);
    expect(lines).toMatchInlineSnapshot(`
      [
        "10:00:00.123 info project="/home/dev/shop" branch="main" version="2.1.5"",
        "10:00:00.123 info visible=true",
        "10:00:00.123 info title="survive this"",
        "10:00:00.123 turn phase="start" recordId="da-1" prompt="survive this"",
        "10:00:01.000 usage msg_1/ claude-sonnet-4-6: 1 in, 4 out, 0 5m, 0 1h, 0 read, context 1 = 63 µ$ exact",
        "10:00:01.000 message recordId="da-2" text="a plain string" closing=true",
        "10:00:01.000 info title="Glued title"",
        "10:00:03.000 usage msg_2/req_2 glm-4.7: 7 in, 3 out, 0 5m, 0 1h, 0 read, context 7 = unknown",
        "10:00:03.000 message recordId="da-3" text="foreign" closing=true",
        "10:00:02.000 message recordId="da-4" text="no usage" closing=true",
        "10:00:04.000 usage msg_4/req_4 claude-sonnet-4-6: 0 in, 0 out, 0 5m, 0 1h, 0 read, context 0 = 0 µ$ exact",
        "10:00:04.000 message recordId="da-5" text="odd usage" closing=true",
        "10:00:04.000 turn phase="start" recordId="da-7" prompt="a prompt with a broken time"",
      ]
    `);
  });
});
