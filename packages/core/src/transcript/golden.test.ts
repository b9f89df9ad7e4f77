import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { tell, type Telling } from './telling.fixture.js';

function told(name: string, file?: Parameters<typeof tell>[1]): Telling {
  return tell(readFileSync(new URL(`fixtures/${name}.jsonl`, import.meta.url), 'utf8'), file);
}

describe('golden transcripts: sessions of several clients', () => {
  it('reads a session of 2.1.330 with tasks', () => {
    const { told: lines, malformed } = told('tasks-2-1-330');
    expect(malformed).toEqual([]);
    expect(lines).toMatchInlineSnapshot(`
      [
        "09:00:00.010 info project="/home/dev/shop" branch="main" version="2.1.330" entrypoint="sdk-cli"",
        "09:00:00.010 info permissionMode="acceptEdits"",
        "09:00:00.010 info visible=true",
        "09:00:00.010 info title="add a cart page"",
        "09:00:00.010 turn phase="start" recordId="ta-1" prompt="add a cart page"",
        "09:00:02.000 usage msg_1/req_1 claude-sonnet-5-5: 5 in, 101 out, 1985 5m, 15 1h, 13000 read, 1 search, context 15005 = 17342.5 µ$ exact",
        "09:00:02.000 usage msg_1/req_1 claude-sonnet-5-5: 5 in, 101 out, 1985 5m, 15 1h, 13000 read, 1 search, context 15005 = 17342.5 µ$ exact",
        "09:00:02.000 message recordId="ta-4" text="I plan two tasks." closing=false",
        "09:00:02.000 usage msg_1/req_1 claude-sonnet-5-5: 5 in, 101 out, 1985 5m, 15 1h, 13000 read, 1 search, context 15005 = 17342.5 µ$ exact",
        "09:00:02.000 tool phase="start" toolUseId="toolu_1" name="TaskCreate" label="Build the cart page"",
        "09:00:02.000 usage msg_1/req_1 claude-sonnet-5-5: 5 in, 101 out, 1985 5m, 15 1h, 13000 read, 1 search, context 15005 = 17342.5 µ$ exact",
        "09:00:02.000 tool phase="start" toolUseId="toolu_2" name="TaskCreate" label="Test the cart page"",
        "09:00:02.100 tool phase="end" toolUseId="toolu_1" name="TaskCreate" label="Build the cart page" outcome="ok" durationMs=100",
        "09:00:02.100 objective objectiveId="build the cart page" text="Build the cart page" status="pending" source="task" taskId="1" progress={"completed":0,"total":1}",
        "09:00:02.101 tool phase="end" toolUseId="toolu_2" name="TaskCreate" label="Test the cart page" outcome="ok" durationMs=101",
        "09:00:02.101 objective objectiveId="test the cart page" text="Test the cart page" status="pending" source="task" taskId="2" progress={"completed":0,"total":2}",
        "09:00:03.000 usage msg_2/req_2 claude-sonnet-5-5: 3 in, 60 out, 100 5m, 0 1h, 15000 read, context 15103 = 2356 µ$ exact",
        "09:00:03.000 tool phase="start" toolUseId="toolu_3" name="TaskUpdate" label="1"",
        "09:00:03.050 tool phase="end" toolUseId="toolu_3" name="TaskUpdate" label="1" outcome="ok" durationMs=50",
        "09:00:03.050 objective objectiveId="build the cart page" text="Build the cart page" status="in_progress" source="task" taskId="1" progress={"completed":0,"total":2}",
        "09:00:04.000 usage msg_3/req_3 claude-sonnet-5-5: 2 in, 40 out, 90 5m, 0 1h, 15100 read, context 15192 = 2139 µ$ exact",
        "09:00:04.000 tool phase="start" toolUseId="toolu_4" name="Write" label="/home/dev/shop/cart.ts"",
        "09:00:04.500 tool phase="end" toolUseId="toolu_4" name="Write" label="/home/dev/shop/cart.ts" outcome="ok" durationMs=500 file="/home/dev/shop/cart.ts" linesAdded=2 linesRemoved=0",
        "09:00:05.000 usage msg_4/req_4 claude-sonnet-5-5: 2 in, 30 out, 80 5m, 0 1h, 15200 read, context 15282 = 2024 µ$ exact",
        "09:00:05.000 tool phase="start" toolUseId="toolu_5" name="Bash" label="Run the tests"",
        "09:00:09.000 tool phase="end" toolUseId="toolu_5" name="Bash" label="Run the tests" outcome="ok" durationMs=4000",
        "09:00:10.000 usage msg_5/req_5 claude-sonnet-5-5: 2 in, 50 out, 70 5m, 0 1h, 15300 read, context 15372 = 2209 µ$ exact",
        "09:00:10.000 tool phase="start" toolUseId="toolu_6" name="TaskUpdate" label="1"",
        "09:00:10.000 usage msg_5/req_5 claude-sonnet-5-5: 2 in, 50 out, 70 5m, 0 1h, 15300 read, context 15372 = 2209 µ$ exact",
        "09:00:10.000 tool phase="start" toolUseId="toolu_7" name="TaskUpdate" label="2"",
        "09:00:10.050 tool phase="end" toolUseId="toolu_6" name="TaskUpdate" label="1" outcome="ok" durationMs=50",
        "09:00:10.050 objective objectiveId="build the cart page" text="Build the cart page" status="completed" source="task" taskId="1" progress={"completed":1,"total":2}",
        "09:00:10.051 tool phase="end" toolUseId="toolu_7" name="TaskUpdate" label="2" outcome="ok" durationMs=51",
        "09:00:10.060 objective objectiveId="test the cart page" text="Test the cart page" status="in_progress" source="task" taskId="2" progress={"completed":1,"total":2}",
        "09:00:10.060 objective objectiveId="write the docs" text="Write the docs" status="pending" source="task" taskId="3" progress={"completed":1,"total":3}",
        "09:00:11.000 usage msg_6/req_6 claude-sonnet-5-5: 2 in, 55 out, 60 5m, 0 1h, 15400 read, context 15462 = 2244 µ$ exact",
        "09:00:11.000 tool phase="start" toolUseId="toolu_8" name="TaskUpdate" label="3"",
        "09:00:11.000 usage msg_6/req_6 claude-sonnet-5-5: 2 in, 55 out, 60 5m, 0 1h, 15400 read, context 15462 = 2244 µ$ exact",
        "09:00:11.000 tool phase="start" toolUseId="toolu_9" name="TaskUpdate" label="Test the whole cart"",
        "09:00:11.050 tool phase="end" toolUseId="toolu_8" name="TaskUpdate" label="3" outcome="ok" durationMs=50",
        "09:00:11.050 objective objectiveId="write the docs" text="Write the docs" status="removed" source="task" taskId="3" progress={"completed":1,"total":2}",
        "09:00:11.051 tool phase="end" toolUseId="toolu_9" name="TaskUpdate" label="Test the whole cart" outcome="ok" durationMs=51",
        "09:00:11.051 objective objectiveId="test the cart page" text="Test the whole cart" status="in_progress" source="task" taskId="2" progress={"completed":1,"total":2}",
        "09:00:12.000 usage msg_7/req_7 claude-sonnet-5-5: 2 in, 12 out, 50 5m, 0 1h, 15500 read, context 15552 = 1799 µ$ exact",
        "09:00:12.000 message recordId="ta-24" text="All done." closing=false",
        "09:00:12.000 turn phase="end" recordId="ta-24"",
        "09:00:12.000 info title="Add a cart page"",
        "09:00:12.000 complete recordId="line:30" reason="exited" clientCostMicrodollars=44372",
      ]
    `);
  });

  it('reads a session of 1.0.35: no cache split, todos with priority, a subagent inline', () => {
    expect(told('old-1-0-35').told).toMatchInlineSnapshot(`
      [
        "10:00:00.123 info project="/home/dev/shop" branch="main" version="1.0.35"",
        "10:00:00.123 info visible=true",
        "10:00:00.123 info title="fix the parser please"",
        "10:00:00.123 turn phase="start" recordId="ol-1" prompt="fix the parser please"",
        "10:00:02.000 usage msg_1/req_1 claude-opus-4-20250514: 4 in, 1 out, 500 5m, 0 1h, 8000 read, context 8504 = 21510 µ$ exact",
        "10:00:02.000 message recordId="ol-2" text="Let me plan." closing=true",
        "10:00:03.000 info title="Fix the parser"",
        "10:00:03.000 usage msg_1/req_1 claude-opus-4-20250514: 4 in, 120 out, 500 5m, 0 1h, 8000 read, context 8504 = 30435 µ$ exact",
        "10:00:03.000 tool phase="start" toolUseId="toolu_1" name="TodoWrite" label="2 todos"",
        "10:00:03.100 tool phase="end" toolUseId="toolu_1" name="TodoWrite" label="2 todos" outcome="ok" durationMs=100",
        "10:00:03.100 objective objectiveId="read the parser" text="Read the parser" status="in_progress" source="todo" progress={"completed":0,"total":1}",
        "10:00:03.100 objective objectiveId="fix it" text="Fix it" status="pending" source="todo" progress={"completed":0,"total":2}",
        "10:00:04.000 usage msg_2/req_2 claude-opus-4-20250514: 2 in, 60 out, 300 5m, 0 1h, 8500 read, context 8802 = 22905 µ$ exact",
        "10:00:04.000 tool phase="start" toolUseId="toolu_2" name="Task" label="Find callers"",
        "10:00:04.000 agent agentId="use:toolu_2" toolUseId="toolu_2" agentType="general-purpose" description="Find callers" prompt="Find all callers of parse()" status="running" agents=1",
        "10:00:06.000 usage msg_s1/req_s1 by use:toolu_2 claude-opus-4-20250514: 3 in, 40 out, 2000 5m, 0 1h, 0 read = 40545 µ$ exact",
        "10:00:06.000 tool phase="start" toolUseId="toolu_s1" name="TodoWrite" label="1 todos" agentId="use:toolu_2"",
        "10:00:06.100 tool phase="end" toolUseId="toolu_s1" name="TodoWrite" label="1 todos" agentId="use:toolu_2" outcome="ok" durationMs=100",
        "10:00:07.000 usage msg_s2/req_s2 by use:toolu_2 claude-opus-4-20250514: 3 in, 25 out, 100 5m, 0 1h, 2000 read = 6795 µ$ exact",
        "10:00:07.000 message recordId="side-4" agentId="use:toolu_2" text="✅ Three callers." closing=true",
        "10:00:07.500 tool phase="end" toolUseId="toolu_2" name="Task" label="Find callers" outcome="ok" durationMs=3500",
        "10:00:07.500 agent agentId="use:toolu_2" toolUseId="toolu_2" agentType="general-purpose" description="Find callers" prompt="Find all callers of parse()" status="completed" agents=1",
        "10:00:08.000 usage msg_3/req_3 claude-opus-4-20250514: 2 in, 80 out, 200 5m, 0 1h, 9000 read, context 9202 = 23280 µ$ exact",
        "10:00:08.000 tool phase="start" toolUseId="toolu_3" name="MultiEdit" label="/home/dev/shop/parse.ts"",
        "10:00:08.200 tool phase="end" toolUseId="toolu_3" name="MultiEdit" label="/home/dev/shop/parse.ts" outcome="ok" durationMs=200 file="/home/dev/shop/parse.ts" linesAdded=2 linesRemoved=2",
        "10:00:09.000 usage msg_4/req_4 claude-opus-4-20250514: 2 in, 70 out, 100 5m, 0 1h, 9300 read, context 9402 = 21105 µ$ exact",
        "10:00:09.000 tool phase="start" toolUseId="toolu_4" name="TodoWrite" label="1 todos"",
        "10:00:09.100 tool phase="end" toolUseId="toolu_4" name="TodoWrite" label="1 todos" outcome="ok" durationMs=100",
        "10:00:09.100 objective objectiveId="read the parser" text="Read the parser" status="completed" source="todo" progress={"completed":1,"total":2}",
        "10:00:09.100 objective objectiveId="fix it" text="Fix it" status="removed" source="todo" progress={"completed":1,"total":1}",
        "10:00:10.000 usage msg_5/req_5 claude-opus-4-20250514: 2 in, 8 out, 100 5m, 0 1h, 9400 read, context 9502 = 16605 µ$ exact",
        "10:00:10.000 message recordId="ol-15" text="Fixed." closing=true",
      ]
    `);
  });

  it("reads a subagent's flat file of 2.0.46", () => {
    expect(told('agent-1a2b3c4d', { role: 'agent', agentId: '1a2b3c4d' }).told)
      .toMatchInlineSnapshot(`
        [
          "10:00:00.000 info visible=true project="/home/dev/shop-worktree"",
          "10:00:00.000 agent agentId="1a2b3c4d" prompt="Look for dead code" status="running" agents=1",
          "10:00:03.000 usage msg_1/req_1 by 1a2b3c4d claude-haiku-4-5-20251001: 4 in, 2 out, 900 5m, 0 1h, 0 read = 1139 µ$ exact",
          "10:00:03.000 message recordId="ag-2" agentId="1a2b3c4d" text="Looking." closing=true",
          "10:00:04.000 usage msg_1/req_1 by 1a2b3c4d claude-haiku-4-5-20251001: 4 in, 90 out, 900 5m, 0 1h, 0 read = 1579 µ$ exact",
          "10:00:04.000 tool phase="start" toolUseId="toolu_1" name="Edit" label="/home/dev/shop-worktree/a.ts" agentId="1a2b3c4d"",
          "10:00:05.000 tool phase="end" toolUseId="toolu_1" name="Edit" label="/home/dev/shop-worktree/a.ts" agentId="1a2b3c4d" outcome="ok" durationMs=1000 file="/home/dev/shop-worktree/a.ts" linesAdded=0 linesRemoved=1",
          "10:00:06.000 usage msg_2/req_2 by 1a2b3c4d claude-haiku-4-5-20251001: 4 in, 30 out, 100 5m, 0 1h, 900 read = 369 µ$ exact",
          "10:00:06.000 tool phase="start" toolUseId="toolu_2" name="TodoWrite" label="1 todos" agentId="1a2b3c4d"",
          "10:00:06.100 tool phase="end" toolUseId="toolu_2" name="TodoWrite" label="1 todos" agentId="1a2b3c4d" outcome="ok" durationMs=100",
          "10:00:07.000 usage msg_3/req_3 by 1a2b3c4d claude-haiku-4-5-20251001: 4 in, 30 out, 100 5m, 0 1h, 900 read = 369 µ$ exact",
          "10:00:07.000 tool phase="start" toolUseId="toolu_3" name="TaskUpdate" label="1" agentId="1a2b3c4d"",
          "10:00:07.100 tool phase="end" toolUseId="toolu_3" name="TaskUpdate" label="1" agentId="1a2b3c4d" outcome="ok" durationMs=100",
          "10:00:08.000 usage msg_4/req_4 by 1a2b3c4d claude-haiku-4-5-20251001: 4 in, 30 out, 100 5m, 0 1h, 900 read = 369 µ$ exact",
          "10:00:08.000 tool phase="start" toolUseId="toolu_4" name="Agent" label="Deeper" agentId="1a2b3c4d"",
          "10:00:08.000 agent agentId="use:toolu_4" toolUseId="toolu_4" parentAgentId="1a2b3c4d" agentType="Explore" description="Deeper" prompt="Look deeper" status="running" agents=2",
          "10:00:09.000 tool phase="end" toolUseId="toolu_4" name="Agent" label="Deeper" agentId="1a2b3c4d" outcome="ok" durationMs=1000",
          "10:00:09.000 agent agentId="a77b88" toolUseId="toolu_4" parentAgentId="1a2b3c4d" agentType="Explore" description="Deeper" prompt="Look deeper" status="completed" agents=2",
        ]
      `);
  });

  it('counts the tokens of a warm-up and tells nothing else of it', () => {
    expect(told('agent-warmup', { role: 'agent', agentId: 'deadbeef' }).told)
      .toMatchInlineSnapshot(`
      [
        "09:59:01.000 usage msg_w/req_w claude-haiku-4-5-20251001: 400 in, 30 out, 0 5m, 0 1h, 0 read = 550 µ$ exact",
      ]
    `);
  });

  it("tells a subagent's tokens from its progress in the parent's file (2.1.20)", () => {
    expect(told('progress-2-1-20').told).toMatchInlineSnapshot(`
      [
        "10:00:00.000 info project="/home/dev/shop" branch="main" version="2.1.20"",
        "10:00:00.000 info visible=true",
        "10:00:00.000 info title="search the web"",
        "10:00:00.000 turn phase="start" recordId="pr-1" prompt="search the web"",
        "10:00:01.000 usage msg_1/req_1 claude-opus-4-5-20251101: 2 in, 1 out, 100 5m, 0 1h, 1000 read, context 1102 = 1160 µ$ exact",
        "10:00:01.000 tool phase="start" toolUseId="toolu_1" name="Task" label="Search"",
        "10:00:01.000 agent agentId="use:toolu_1" toolUseId="toolu_1" agentType="Explore" description="Search" prompt="Search for curry" status="running" agents=1",
        "10:00:02.000 agent agentId="a2018e5" toolUseId="toolu_1" agentType="Explore" description="Search" status="running" agents=1",
        "10:00:02.000 usage msg_p1/req_p1 by a2018e5 claude-haiku-4-5-20251001: 9 in, 1 out, 50 5m, 0 1h, 700 read = 146.5 µ$ exact",
        "10:00:03.000 usage msg_p1/req_p1 by a2018e5 claude-haiku-4-5-20251001: 9 in, 44 out, 50 5m, 0 1h, 700 read = 361.5 µ$ exact",
        "10:00:04.000 usage msg_p2/req_p2 by a2018e5 claude-haiku-4-5-20251001: 9 in, 30 out, 50 5m, 0 1h, 700 read = 291.5 µ$ exact",
        "10:00:05.000 tool phase="end" toolUseId="toolu_1" name="Task" label="Search" outcome="ok" durationMs=4000",
        "10:00:05.000 agent agentId="a2018e5" toolUseId="toolu_1" agentType="Explore" description="Search" prompt="Search for curry" status="completed" agents=1",
        "10:00:06.000 turn phase="end" recordId="pr-8" durationMs=6000",
      ]
    `);
  });
});
