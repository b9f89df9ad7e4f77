import type { Scenario } from '../script.js';
import { chore } from './chore.js';

/** A session that is over when the demo begins, and how many hours before that it began. */
export type Earlier = { hoursAgo: number; scenario: Scenario };

const sonnet = 'claude-sonnet-5-5';
const opus = 'claude-opus-5-5';
const haiku = 'claude-haiku-5-5';

/** Earlier today and in the days before, so that lists and totals aren't empty. */
export const earlierSessions: readonly Earlier[] = [
  {
    hoursAgo: 0.4,
    scenario: chore({
      title: 'Sort plant sizes by number',
      repository: 'juniper-shop',
      branch: 'fix/size-order',
      model: haiku,
      asked: 'Sizes are sorted as text, 100 cm comes before 20 cm. Sort them by number.',
      files: ['src/product/sizes.ts', 'src/product/size-picker.tsx'],
      parts: ['Compare sizes by number'],
      check: 'npx vitest run src/product',
      done: 'Sizes are compared by number now; sizes without a number come last.',
      end: 'done',
    }),
  },
  {
    hoursAgo: 0.9,
    scenario: chore({
      title: 'Load product pictures later',
      repository: 'juniper-shop',
      branch: 'perf/pictures',
      model: sonnet,
      asked: 'The category pages are slow on phones. Pictures below the fold should load later.',
      files: ['src/product/picture.tsx', 'src/pages/category.tsx', 'next.config.js'],
      parts: ['Measure the page', 'Load pictures lazily', 'Reserve their space'],
      check: 'npx vitest run src/product',
      done: 'The largest picture is there after 1.1 s instead of 2.9 s; nothing jumps.',
      end: 'done',
      lookUp: 'Find all uses of the picture component',
    }),
  },
  {
    hoursAgo: 1.8,
    scenario: chore({
      title: 'Upgrade the admin to React 19',
      repository: 'juniper-admin',
      branch: 'react-19',
      model: opus,
      asked: 'Upgrade the admin to React 19 and remove what is deprecated.',
      files: ['package.json', 'src/main.tsx', 'src/forms/form.tsx', 'src/tables/table.tsx'],
      parts: ['Upgrade the packages', 'Replace forwardRef', 'Fix the tables'],
      check: 'npm test',
      done: 'The admin runs on React 19.',
      end: 'interrupted',
    }),
  },
  {
    hoursAgo: 2.6,
    scenario: chore({
      title: 'Explain the tax rules in the docs',
      repository: 'juniper-api',
      branch: 'docs/tax',
      model: sonnet,
      asked: 'Write down how tax is computed for orders to other countries.',
      files: ['src/tax/rates.ts', 'src/tax/rules.ts'],
      parts: ['Describe the rules', 'Add two examples'],
      check: 'npm run docs:check',
      done: 'docs/tax.md has the rules and two worked examples.',
      end: 'done',
    }),
  },
  {
    hoursAgo: 26,
    scenario: chore({
      title: 'Send the order mail in the customer’s language',
      repository: 'juniper-api',
      branch: 'feat/mail-language',
      model: sonnet,
      asked: 'The order confirmation should be in the language of the customer.',
      files: ['src/mail/order.ts', 'src/mail/templates.ts', 'src/customers/locale.ts'],
      parts: ['Find the language', 'Translate the template', 'Fall back to English'],
      check: 'npx vitest run src/mail',
      done: 'Mails are sent in German, French and English; anything else gets English.',
      end: 'done',
      lookUp: 'Find where mails are rendered',
    }),
  },
  {
    hoursAgo: 29,
    scenario: chore({
      title: 'Find the memory leak of the worker',
      repository: 'juniper-search',
      branch: 'fix/worker-leak',
      model: opus,
      asked: 'The indexing worker grows by 40 MB an hour. Find out why.',
      files: ['src/worker.ts', 'src/queue.ts', 'src/cache.ts'],
      parts: ['Take heap snapshots', 'Close the readers', 'Watch it for an hour'],
      check: 'npm test',
      done: 'Readers of failed batches were never closed. The worker stays at 180 MB now.',
      end: 'failed',
    }),
  },
  {
    hoursAgo: 50,
    scenario: chore({
      title: 'Add a test for the coupon rules',
      repository: 'juniper-shop',
      branch: 'test/coupons',
      model: haiku,
      asked: 'Coupons have no tests. Write some for the rules in src/coupons.',
      files: ['src/coupons/rules.ts', 'src/coupons/apply.ts'],
      parts: ['Cover the rules'],
      check: 'npx vitest run src/coupons',
      done: 'Fourteen tests; one rule contradicted the documentation and is noted there.',
      end: 'done',
    }),
  },
  {
    hoursAgo: 74,
    scenario: chore({
      title: 'Show stock per warehouse in the admin',
      repository: 'juniper-admin',
      branch: 'feat/stock',
      model: sonnet,
      asked: 'Show the stock of each warehouse on the product page of the admin.',
      files: ['src/products/page.tsx', 'src/api/stock.ts', 'src/products/stock-table.tsx'],
      parts: ['Ask the API', 'Show the table', 'Mark what runs low', 'Add a filter'],
      check: 'npm test',
      done: 'The product page shows each warehouse; below ten pieces a line is marked.',
      end: 'done',
    }),
  },
  {
    hoursAgo: 99,
    scenario: chore({
      title: 'Tidy the deployment scripts',
      repository: 'juniper-infra',
      branch: 'tidy-deploy',
      model: sonnet,
      asked: 'The deployment scripts repeat themselves. Bring them into one.',
      files: ['deploy/shop.sh', 'deploy/api.sh', 'deploy/search.sh'],
      parts: ['One script with parameters', 'Use it in all pipelines'],
      check: 'shellcheck deploy/*.sh',
      done: 'One script is left, used by the three pipelines.',
      end: 'done',
    }),
  },
];
