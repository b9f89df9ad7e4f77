import { exit, pause, prompt, reports, respond, say, think, type Scenario } from '../script.js';
import { agent, bash, bashFails, edit, read, webSearch, write } from '../tools.js';

const project = '/home/robin/code/juniper-api';
const at = (path: string): string => `${project}/${path}`;

const LOG = [
  '2026-03-02T09:14:07Z order=84120 charge=ch_1 attempt=1 status=timeout',
  '2026-03-02T09:14:09Z order=84120 charge=ch_2 attempt=2 status=succeeded',
  '2026-03-02T09:14:12Z webhook order=84120 charge=ch_1 status=succeeded',
  '2026-03-02T11:40:51Z order=84377 charge=ch_9 attempt=1 status=timeout',
  '2026-03-02T11:40:53Z order=84377 charge=ch_10 attempt=2 status=succeeded',
  '2026-03-02T11:40:58Z webhook order=84377 charge=ch_9 status=succeeded',
].join('\n');

const REPRODUCTION = `it('charges once when the first answer is late', async () => {
  gateway.answerAfter(6_000);
  await placeOrder(order);
  await clock.advance(10_000);
  expect(gateway.charges).toHaveLength(1);
});`;

const nested = agent({
  type: 'Explore',
  model: 'claude-haiku-5-5',
  description: 'Find idempotency keys',
  prompt: 'Find every place that sets or reads an idempotency key for the payment gateway.',
  background: false,
  responses: [
    respond(
      bash(
        'grep -rn "idempotency" src',
        'src/payments/gateway.ts:22:// the gateway would take an idempotency key',
        1,
      ),
    ),
    respond(read(at('src/payments/gateway.ts'), 141)),
    respond(
      say('No idempotency key is sent anywhere. gateway.ts:22 only mentions it in a comment.'),
    ),
  ],
});

const tracer = agent({
  type: 'Explore',
  model: 'claude-haiku-5-5',
  description: 'Trace payment retries',
  prompt: 'Trace what happens in src/payments when the gateway does not answer in time.',
  background: false,
  responses: [
    respond(
      say('I follow the retry path.'),
      bash(
        'grep -rln "retry" src',
        'src/payments/charge.ts\nsrc/payments/retry.ts\nsrc/mail/send.ts',
        1,
      ),
    ),
    respond(read(at('src/payments/retry.ts'), 76), read(at('src/payments/charge.ts'), 188)),
    respond(
      think(640, 'The retry wraps the whole charge, so each attempt makes a new one.'),
      read(at('src/payments/config.ts'), 42),
    ),
    respond(
      say(
        'charge() is retried as a whole after 5 s. Each attempt creates a new charge, and a late first answer is not cancelled.',
      ),
    ),
  ],
});

const reproducer = agent({
  type: 'general-purpose',
  model: 'claude-sonnet-5-5',
  description: 'Reproduce the double charge',
  prompt:
    'Write a failing test which shows that an order is charged twice after a gateway timeout.',
  background: false,
  responses: [
    respond(
      think(880, 'A fake gateway that answers late will show it.'),
      say('I look for the fakes that the tests use.'),
      bash('ls src/payments/testing', 'fake-clock.ts\nfake-gateway.ts', 1),
      read(at('src/payments/testing/fake-gateway.ts'), 64),
    ),
    respond(nested),
    respond(write(at('src/payments/late-answer.test.ts'), REPRODUCTION)),
    respond(
      bashFails(
        'npx vitest run src/payments/late-answer.test.ts',
        'AssertionError: expected [ ch_1, ch_2 ] to have a length of 1 but got 2',
        24,
      ),
    ),
    respond(
      say(
        'Reproduced: src/payments/late-answer.test.ts fails with two charges. No idempotency key is sent.',
      ),
    ),
  ],
});

const auditor = agent({
  type: 'general-purpose',
  model: 'claude-haiku-5-5',
  description: 'Audit webhook handlers',
  prompt: 'Check whether the webhook handlers would mark an order paid twice or refund wrongly.',
  background: true,
  responses: [
    respond(read(at('src/webhooks/handler.ts'), 172), read(at('src/webhooks/verify.ts'), 58)),
    respond(
      think(780, 'The handler looks the order up by charge id.'),
      bash(
        'grep -rn "charge.succeeded" src/webhooks',
        'src/webhooks/handler.ts:88: case "charge.succeeded":',
        1,
      ),
    ),
    respond(read(at('src/orders/mark-paid.ts'), 69)),
    respond(bash('npx vitest run src/webhooks', ' Tests  21 passed (21)\n Duration  4.2s', 31)),
    respond(
      say('markPaid() is idempotent. The second charge is never refunded: nothing looks for it.'),
    ),
  ],
});

/** A bug hunt: subagents side by side, one of them with its own, and one in the background. */
export const doubleCharge: Scenario = {
  name: 'double-charge',
  title: 'Find out why some orders are charged twice',
  project,
  branch: 'fix/double-charge',
  model: 'claude-sonnet-5-5',
  cache: '1h',
  entrypoint: 'cli',
  permissionMode: 'acceptEdits',
  steps: [
    prompt(
      'Support has eleven orders that were charged twice this week. Find out why, fix it, and tell me which orders are affected.',
    ),
    respond(
      think(1_190, 'Logs first: what do the doubles have in common?'),
      say('First the log: what do those orders have in common?'),
      bash('grep -E "attempt=2|webhook" logs/payments.log | tail -40', LOG, 1.4),
    ),
    respond(
      think(
        940,
        'Every double has a timeout first. Three questions that can be answered side by side.',
      ),
      say(
        'Each double charge follows a timeout. I have the retry path traced, the bug reproduced and the webhooks audited at the same time.',
      ),
      auditor,
      tracer,
      reproducer,
    ),
    respond(
      think(
        1_350,
        'Idempotency key per order and amount, kept for retries. Check the gateway’s rule.',
      ),
      say('The retry makes a second charge. An idempotency key per order prevents it.'),
      webSearch('payment gateway idempotency key retry timeout', [
        'Idempotent requests',
        'Retrying failed charges safely',
        'Webhooks and late answers',
      ]),
    ),
    respond(
      edit(
        at('src/payments/gateway.ts'),
        22,
        '  // the gateway would take an idempotency key\n  const answer = await http.post("/charges", body);',
        '  const headers = { "Idempotency-Key": `${order.id}:${String(order.revision)}` };\n  const answer = await http.post("/charges", body, { headers });',
      ),
      edit(
        at('src/payments/charge.ts'),
        61,
        '  return withRetry(() => createCharge(order));',
        '  const key = chargeKey(order);\n  return withRetry(() => createCharge(order, key), { attempts: 3 });',
      ),
    ),
    respond(
      bash(
        'npx vitest run src/payments',
        ' Test Files  9 passed (9)\n      Tests  64 passed (64)\n   Duration  6.30s',
        14,
      ),
    ),
    respond(
      say(
        'The reproduction passes now. I wait for the audit of the webhooks before I say that it is done.',
      ),
    ),
    reports(),
    respond(
      think(1_390, 'Affected: charges with a timeout whose first charge succeeded later.'),
      bash(
        'node scripts/find-doubles.mjs --since 2026-02-24',
        'order  charges        amount\n84120  ch_1 ch_2      49.90\n84377  ch_9 ch_10     112.00\n… 11 orders, 734.60 EUR',
        5,
      ),
    ),
    respond(
      write(
        at('docs/incidents/double-charge.md'),
        '# Double charges\n\nCause: a retry after a timeout made a new charge.\nFix: one idempotency key per order revision.\nAffected: 11 orders, 734.60 EUR, to be refunded.\n',
      ),
    ),
    respond(
      bash(
        'git commit -am "Charge an order once, also after a timeout"',
        '[fix/double-charge 51d0c9e] Charge an order once, also after a timeout\n 5 files changed, 48 insertions(+), 6 deletions(-)',
      ),
    ),
    respond(
      say(
        'Cause: a retry after a timeout made a new charge. Fixed with an idempotency key per order; 64 tests pass. Eleven orders, 734.60 EUR in all, are listed in docs/incidents/double-charge.md for refund.',
      ),
    ),
    pause(30),
    exit(),
  ],
};
