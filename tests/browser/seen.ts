import type { Locator, Page } from 'playwright-core';

/** What a narrow page has in another place is there twice, and only one of them is seen. */
const seen = (found: Locator) => found.filter({ visible: true }).first();

/** The first visible place with this text. */
export const seenText = (page: Page, text: string | RegExp) => seen(page.getByText(text));

/** The first visible link of this name. */
export const seenLink = (page: Page, name: string) => seen(page.getByRole('link', { name }));

/** The page's heading, when it is this. */
export const seenHeading = (page: Page, name: string) =>
  seen(page.getByRole('heading', { level: 1, name }));
