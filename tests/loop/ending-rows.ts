import type { Run, RunBody } from '@claude-optimizer/protocol';
import type { Reply } from '../claude/reply.js';
import { bash, text } from './launched.js';

/** A way for the client to end, and what is to be known of it. */
export type EndingRow = {
  what: string;
  replies: Reply[];
  body?: RunBody;
  /** Sent to the client from outside: while it works, or before its first byte. */
  signal?: NodeJS.Signals;
  isEarly?: boolean;
  /** Whose client is set up in another way than the others'. */
  project?: (typeof ODD_PROJECTS)[number];
  expected: Partial<Run>;
  reason: RegExp;
  /** It is tried again so many minutes later. */
  heldFor?: number;
};

export const ODD_PROJECTS = ['no-key', 'bad-flag', 'subscriber'] as const;

/** The real client, started as a person might have set it up by what the project's folder is called. */
export const wrapperOf = (binary: string) => `#!/bin/sh
case "$PWD" in
*/no-key) unset ANTHROPIC_API_KEY ;;
*/bad-flag) set -- --no-such-flag "$@" ;;
*/subscriber) unset ANTHROPIC_API_KEY; export CLAUDE_CODE_OAUTH_TOKEN=sk-ant-oat01-test ;;
esac
exec '${binary}' "$@"
`;

const usage = { input: 500, output: 4_900 };
const done: Reply = { blocks: [text('All done.')], usage };
const hangs: Reply = { blocks: [bash('tail -f /dev/null')], usage };
const works = Array.from({ length: 9 }, () => ({ blocks: [bash('true')], usage }));
const RESET_MIN = 25;
const inMinutes = (minutes: number) => String(Math.round(Date.now() / 1_000) + minutes * 60);
const LIMIT_HEADERS = {
  'anthropic-ratelimit-unified-status': 'allowed',
  'anthropic-ratelimit-unified-representative-claim': 'five_hour',
  'anthropic-ratelimit-unified-reset': inMinutes(90),
  'anthropic-ratelimit-unified-5h-utilization': '0.42',
  'anthropic-ratelimit-unified-5h-reset': inMinutes(90),
  'anthropic-ratelimit-unified-7d-utilization': '0.127',
  'anthropic-ratelimit-unified-7d-reset': inMinutes(3_000),
};
const refused = (
  status: number,
  more: { times?: number; message?: string; headers?: Record<string, string> } = {},
): Reply[] => [{ ...done, refuse: { status, times: 99, ...more } }];

const succeeded = { state: 'succeeded', cause: 'done', exitCode: 0 } as const;
const failed = { state: 'failed', exitCode: 1 } as const;
const stopped = { state: 'stopped', cause: 'signal' } as const;
const held = { state: 'claimed', attempt: 2 } as const;

/** The table of the client's endings, row by row. */
export const ENDINGS: EndingRow[] = [
  { what: 'done', replies: [done], expected: succeeded, reason: /its end/u },
  {
    what: 'done by a subscriber',
    project: 'subscriber',
    replies: [{ ...done, headers: LIMIT_HEADERS }],
    expected: succeeded,
    reason: /its end/u,
  },
  {
    what: 'a refusal',
    replies: [
      { ...done, stop: 'refusal' },
      { ...done, stop: 'refusal' },
    ],
    expected: failed,
    reason: /safeguards/u,
  },
  {
    what: 'max_tokens, gone on with',
    replies: [{ ...done, stop: 'max_tokens' }, done],
    expected: succeeded,
    reason: /its end/u,
  },
  {
    what: '529 twice',
    replies: refused(529, { times: 2 }),
    expected: succeeded,
    reason: /its end/u,
  },
  {
    what: '500 twice',
    replies: refused(500, { times: 2 }),
    expected: succeeded,
    reason: /its end/u,
  },
  {
    what: '429 twice',
    replies: refused(429, { times: 2, headers: { 'retry-after': '1' } }),
    expected: succeeded,
    reason: /its end/u,
  },
  {
    what: '529 for ever',
    replies: refused(529),
    expected: { ...held, cause: 'overloaded' },
    reason: /529/u,
    heldFor: 1,
  },
  {
    what: '500 for ever',
    replies: refused(500),
    expected: { ...held, cause: 'overloaded' },
    reason: /500/u,
    heldFor: 1,
  },
  {
    what: '429 with a long retry-after',
    replies: refused(429, { headers: { 'retry-after': '3600' } }),
    expected: { ...held, cause: 'rate_limit' },
    reason: /429/u,
    heldFor: 5,
  },
  {
    what: '429 until a reset',
    project: 'subscriber',
    replies: refused(429, {
      headers: {
        'anthropic-ratelimit-unified-status': 'rejected',
        'anthropic-ratelimit-unified-reset': inMinutes(RESET_MIN),
        'anthropic-ratelimit-unified-representative-claim': 'five_hour',
      },
    }),
    expected: { ...held, cause: 'rate_limit' },
    reason: /5-hour limit/u,
    heldFor: RESET_MIN,
  },
  {
    what: '404',
    replies: refused(404),
    expected: { ...failed, cause: 'api_error' },
    reason: /selected model/u,
  },
  {
    what: '401',
    replies: refused(401),
    expected: { ...failed, cause: 'not_logged_in' },
    reason: /authenticate/u,
  },
  {
    what: 'a prompt that is too long',
    replies: refused(400, { message: 'prompt is too long: 250000 tokens > 200000 maximum' }),
    expected: { ...failed, cause: 'api_error' },
    reason: /too long/u,
  },
  {
    what: 'no credit',
    replies: refused(400, { message: 'Your credit balance is too low to access the API.' }),
    expected: { ...failed, cause: 'api_error' },
    reason: /Credit balance/u,
  },
  {
    what: '--max-turns',
    replies: works,
    body: { limits: { turns: 2 } },
    expected: { state: 'stopped', cause: 'turn_limit' },
    reason: /limit of (?:2 )?turns/u,
  },
  {
    what: '--max-budget-usd',
    replies: works,
    body: { limits: { costMicrodollars: 90_000 } },
    expected: { state: 'stopped', cause: 'cost_limit' },
    reason: /budget/u,
  },
  {
    what: 'SIGINT in a tool',
    replies: [hangs],
    signal: 'SIGINT',
    expected: { ...stopped, exitCode: 0 },
    reason: /interrupted from outside/u,
  },
  {
    what: 'SIGINT in text',
    replies: [{ ...done, endless: true }],
    signal: 'SIGINT',
    expected: { ...stopped, exitCode: 0 },
    reason: /interrupted from outside/u,
  },
  {
    what: 'SIGINT before the first byte',
    replies: [{ ...done, silent: true }],
    signal: 'SIGINT',
    isEarly: true,
    // The client says that it was interrupted, or nothing at all where it hadn't come so far yet.
    expected: { exitCode: 0 },
    reason: /interrupted from outside|ended without any output/u,
  },
  {
    what: 'SIGTERM',
    replies: [hangs],
    signal: 'SIGTERM',
    expected: { ...stopped, exitCode: 143 },
    reason: /ended from outside/u,
  },
  {
    what: 'SIGHUP',
    replies: [hangs],
    signal: 'SIGHUP',
    expected: { ...stopped, exitCode: 129 },
    reason: /ended from outside/u,
  },
  {
    what: 'SIGKILL',
    replies: [hangs],
    signal: 'SIGKILL',
    expected: { state: 'failed', cause: 'signal', signal: 'SIGKILL' },
    reason: /SIGKILL/u,
  },
  {
    what: 'no key',
    project: 'no-key',
    replies: [done],
    expected: { ...failed, cause: 'not_logged_in' },
    reason: /Not logged in/u,
  },
  {
    what: 'a bad flag',
    project: 'bad-flag',
    replies: [done],
    expected: { ...failed, cause: 'bad_start' },
    reason: /unknown option/u,
  },
];
