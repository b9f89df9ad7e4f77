import { exit, pause, prompt, respond, say, think, type Scenario } from '../script.js';
import {
  bash,
  bashDenied,
  bashFails,
  createTask,
  edit,
  read,
  updateTask,
  write,
} from '../tools.js';

const project = '/home/robin/code/juniper-shop';
const at = (path: string): string => `${project}/${path}`;

const MODEL = `import { z } from 'zod';

export const giftCardSchema = z.object({
  code: z.string().regex(/^JUN-[A-Z0-9]{12}$/),
  balanceCents: z.int().min(0),
  currency: z.enum(['EUR', 'GBP', 'USD']),
  expiresAt: z.date().nullable(),
});

export type GiftCard = z.infer<typeof giftCardSchema>;

/** What of the total the card pays, and what is left on it. */
export function redeem(card: GiftCard, totalCents: number): { paid: number; left: number } {
  const paid = Math.min(card.balanceCents, totalCents);
  return { paid, left: card.balanceCents - paid };
}`;

const TEST = `import { describe, expect, it } from 'vitest';
import { redeem } from './gift-card';

const card = { code: 'JUN-ABCDEFGH1234', balanceCents: 2_500, currency: 'EUR', expiresAt: null };

describe('redeem', () => {
  it('pays the whole total when the balance is enough', () => {
    expect(redeem(card, 1_990)).toEqual({ paid: 1_990, left: 510 });
  });
  it('pays what it has when the total is more', () => {
    expect(redeem(card, 4_000)).toEqual({ paid: 2_500, left: 0 });
  });
  it('pays nothing on a free order', () => {
    expect(redeem(card, 0)).toEqual({ paid: 0, left: 2_500 });
  });
});`;

const FIELD = `export function GiftCardField({ onApply }: { onApply: (card: GiftCard) => void }) {
  const [code, setCode] = useState('');
  const { check, error, pending } = useGiftCardCheck();
  return (
    <form onSubmit={async (event) => { event.preventDefault(); onApply(await check(code)); }}>
      <label htmlFor="gift-card">Gift card</label>
      <input id="gift-card" value={code} onChange={(event) => setCode(event.target.value)} />
      <button disabled={pending}>Apply</button>
      {error && <p role="alert">{error}</p>}
    </form>
  );
}`;

const FAILED_TESTS = ` FAIL  src/checkout/totals.test.ts > totals > applies the gift card after tax
AssertionError: expected 2380 to be 1990
 ❯ src/checkout/totals.test.ts:48:31
 Test Files  1 failed | 31 passed (32)
      Tests  1 failed | 246 passed (247)
   Duration  9.84s`;

const PASSED_TESTS = ` Test Files  32 passed (32)
      Tests  247 passed (247)
   Duration  9.61s`;

/** A feature built by objectives, with a failing test on the way and a push that isn't allowed. */
export const giftCards: Scenario = {
  name: 'gift-cards',
  title: 'Add gift cards to the checkout',
  project,
  branch: 'feat/gift-cards',
  model: 'claude-sonnet-5-5',
  cache: '1h',
  entrypoint: 'cli',
  permissionMode: 'acceptEdits',
  steps: [
    prompt(
      'Customers should be able to pay with a gift card at checkout. The card can cover part of the order. Please add it with tests; the design is in docs/gift-cards.md.',
    ),
    respond(
      think(420, 'I should read the design and see how the checkout computes totals first.'),
      say('I start with the design and the checkout as it stands.'),
      read(at('docs/gift-cards.md'), 84),
      read(at('src/checkout/totals.ts'), 163),
    ),
    respond(
      bash(
        'grep -rn "computeTotals" src --include=*.ts --include=*.tsx',
        [
          'src/checkout/totals.ts:41:export function computeTotals(cart: Cart, rates: TaxRates): Totals {',
          'src/checkout/checkout-page.tsx:27:  const totals = computeTotals(cart, rates);',
          'src/orders/place-order.ts:18:  const totals = computeTotals(cart, rates);',
          'src/admin/refund.ts:33:    const totals = computeTotals(order.cart, order.rates);',
        ].join('\n'),
      ),
      read(at('src/checkout/checkout-page.tsx'), 212),
      read(at('src/orders/place-order.ts'), 97),
    ),
    respond(
      think(
        860,
        'Five pieces: model, totals, field, order, refund. Tax is computed before the card.',
      ),
      say('The work splits into five parts.'),
      createTask('Gift card model and redemption rule', 'Schema, redeem(), unit tests'),
      createTask('Apply the card in the totals', 'After tax, never below zero'),
      createTask('Field at checkout', 'Enter, check, remove; errors are announced'),
      createTask('Store the redemption with the order', 'One transaction with the order'),
      createTask('Give it back on refund', 'To the card first'),
    ),
    respond(updateTask(1, 'in_progress')),
    respond(
      think(640, 'The redemption rule is pure; write it with its tests.'),
      write(at('src/gift-cards/gift-card.ts'), MODEL),
      write(at('src/gift-cards/gift-card.test.ts'), TEST),
    ),
    respond(bash('npx vitest run src/gift-cards', PASSED_TESTS.replaceAll('247', '3'), 7)),
    respond(updateTask(1, 'completed'), updateTask(2, 'in_progress')),
    respond(
      think(1_180, 'Where does the card go? The design says that it is a payment, not a discount.'),
      say('The card is a payment and not a discount, so it comes after tax.'),
      edit(
        at('src/checkout/totals.ts'),
        58,
        '  const due = subtotal + tax + shipping;\n  return { subtotal, tax, shipping, due };',
        '  const gross = subtotal + tax + shipping;\n  const { paid: giftCard } = card ? redeem(card, gross) : { paid: 0 };\n  return { subtotal, tax, shipping, giftCard, due: gross - giftCard };',
      ),
    ),
    respond(bashFails('npx vitest run', FAILED_TESTS, 22)),
    respond(
      think(
        980,
        'The test passes the card in the cart, before tax. The order of arguments is off.',
      ),
      say('One test still passes the card inside the cart. I look at it.'),
      read(at('src/checkout/totals.test.ts'), 131),
    ),
    respond(
      edit(
        at('src/checkout/totals.test.ts'),
        44,
        '    const totals = computeTotals({ ...cart, card }, rates);',
        '    const totals = computeTotals(cart, rates, card);',
      ),
    ),
    respond(bash('npx vitest run', PASSED_TESTS, 23)),
    respond(updateTask(2, 'completed'), updateTask(3, 'in_progress')),
    respond(
      think(
        1_540,
        'The field needs label, pending state, an alert; the page keeps the applied card.',
      ),
      write(at('src/checkout/gift-card-field.tsx'), FIELD),
      edit(
        at('src/checkout/checkout-page.tsx'),
        74,
        '      <PromoCode onApply={setPromo} />',
        '      <PromoCode onApply={setPromo} />\n      <GiftCardField onApply={setCard} />',
      ),
    ),
    respond(bash('npx tsc --noEmit', '', 14)),
    respond(updateTask(3, 'completed')),
    respond(
      say(
        'The model, the totals and the field are done and tested. Shall I go on with storing the redemption and with refunds?',
      ),
    ),
    pause(24),
    prompt('Yes please. Make sure that two orders at the same time cannot spend the same balance.'),
    respond(updateTask(4, 'in_progress')),
    respond(
      think(1_920, 'Concurrency: a conditional update in the order transaction, with a retry.'),
      say('A conditional update inside the order’s own transaction makes that safe.'),
      edit(
        at('src/orders/place-order.ts'),
        31,
        '    const order = await tx.order.create({ data });',
        '    const order = await tx.order.create({ data });\n    if (totals.giftCard > 0) {\n      const spent = await tx.giftCard.updateMany({\n        where: { code: card.code, balanceCents: { gte: totals.giftCard } },\n        data: { balanceCents: { decrement: totals.giftCard } },\n      });\n      if (spent.count === 0) throw new GiftCardSpent(card.code);\n    }',
      ),
    ),
    respond(bash('npx vitest run src/orders', PASSED_TESTS.replaceAll('247', '38'), 15)),
    respond(updateTask(4, 'completed'), updateTask(5, 'in_progress')),
    respond(
      think(720, 'Refund: to the card first, up to what it paid.'),
      read(at('src/admin/refund.ts'), 118),
    ),
    respond(
      edit(
        at('src/admin/refund.ts'),
        52,
        '  await payments.refund(order.paymentId, amount);',
        '  const toCard = Math.min(amount, order.giftCardCents);\n  if (toCard > 0) await giftCards.credit(order.giftCardCode, toCard);\n  if (amount > toCard) await payments.refund(order.paymentId, amount - toCard);',
      ),
    ),
    respond(bash('npx vitest run', PASSED_TESTS.replaceAll('247', '255'), 24)),
    respond(updateTask(5, 'completed')),
    respond(
      bash(
        'git add -A && git commit -m "Pay with a gift card at checkout"',
        '[feat/gift-cards 8c1f2ab] Pay with a gift card at checkout\n 8 files changed, 171 insertions(+), 9 deletions(-)',
      ),
    ),
    respond(bashDenied('git push -u origin feat/gift-cards', 'I push it myself after review.')),
    respond(
      say(
        'Gift cards work at checkout, in orders and in refunds; all 255 tests pass. The commit is on `feat/gift-cards`, not pushed.',
      ),
    ),
    pause(18),
    exit(),
  ],
};
