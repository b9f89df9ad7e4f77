import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolder, undoAfter } from '../support/cleanup.js';
import { axeFindings } from './axe.js';
import { skipWithoutChromium, useBrowser } from './chromium.js';
import { startPlanning } from './planned.js';
import { seenHeading } from './seen.js';

const defer = undoAfter('each');
const PHONE = { width: 390, height: 844 };
const SECRET = 'not-to-be-seen-again';

describe.skipIf(skipWithoutChromium)('the settings page', () => {
  const open = useBrowser();

  async function openSettings(options = {}, settings = {}) {
    const planning = await startPlanning(settings, defer);
    const opened = await open(`${planning.daemon.url}/settings`, defer, options);
    await opened.page.getByRole('region', { name: 'Caps' }).waitFor();
    const config = () =>
      JSON.parse(fs.readFileSync(path.join(planning.dataDir, 'config.json'), 'utf8')) as unknown;
    return { ...planning, ...opened, config };
  }

  it('saves each section by itself and keeps what is typed when it can’t', async () => {
    const { page, problems, config } = await openSettings();
    const caps = page.getByRole('region', { name: 'Caps' });
    await caps.getByLabel('US dollars a day').fill('-3');
    await caps.getByText('An amount is no number above 0.').waitFor();
    expect(await caps.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await caps.getByLabel('US dollars a day').fill('7.50');
    await caps.getByLabel('US dollars a day').press('Enter');
    await caps.getByText('Saved').waitFor();
    expect(config()).toMatchObject({ caps: { dayMicrodollars: 7_500_000 } });
    expect(problems).toEqual([]);

    const projects = page.getByRole('region', { name: 'Projects' });
    await projects.getByLabel('Folder', { exact: true }).fill('/nowhere/at/all');
    await projects.getByLabel('Folder', { exact: true }).press('Enter');
    await projects.getByRole('alert').waitFor();
    expect(await projects.getByLabel('Folder', { exact: true }).inputValue()).toBe(
      '/nowhere/at/all',
    );
    const folder = fs.realpathSync(tempFolder(defer));
    await projects.getByLabel('Folder', { exact: true }).fill(folder);
    await projects.getByLabel(/^Name/u).fill('second');
    await projects.getByLabel(/^Name/u).press('Enter');
    await projects.getByRole('button', { name: 'Remove second' }).press('Enter');
    await projects.getByText(folder).waitFor({ state: 'detached' });
    expect(config()).toMatchObject({ projects: [{ name: 'shop' }] });
  });

  it('takes a calendar, keeps what can’t be read in the form, and shows no secret', async () => {
    const { page, daemon } = await openSettings();
    await page.getByRole('button', { name: 'Add a calendar' }).press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Add a calendar' });
    await dialog.getByLabel('Name').fill('Team');
    await dialog.getByLabel('Address').fill(`http://127.0.0.1:1/${SECRET}.ics`);
    expect(await dialog.getByLabel('Address').getAttribute('type')).toBe('password');
    expect(await dialog.getByLabel('Its events').inputValue()).toBe('always');
    const add = dialog.getByRole('button', { name: 'Add', exact: true });
    await add.press('Enter');
    await dialog.getByRole('alert').waitFor();
    expect(await page.innerText('body')).not.toContain(SECRET);
    expect(await dialog.getByLabel('Name').inputValue()).toBe('Team');

    const file = path.join(tempFolder(defer), 'team.ics');
    fs.writeFileSync(file, 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n');
    await dialog.getByLabel('Kind').selectOption('ics-file');
    await dialog.getByLabel('Path').fill(file);
    await add.press('Enter');
    // The calendar may be in the list before: nothing outside takes a key while the dialog is open.
    await dialog.waitFor({ state: 'detached' });
    const calendars = page.getByRole('region', { name: 'Calendars' });
    const trust = calendars.getByLabel('Trust in Team');
    await trust.waitFor();
    expect(await trust.inputValue()).toBe('confirm');
    for (const asked of ['/api/calendars', '/api/settings']) {
      expect(await (await fetch(daemon.url + asked)).text()).not.toContain(SECRET);
    }
    await calendars.getByRole('button', { name: 'Remove' }).press('Enter');
    await trust.waitFor({ state: 'detached' });
  });

  it('leads to Google and back, and says what came of it', async () => {
    const { page } = await openSettings();
    await page.getByRole('button', { name: 'Add a calendar' }).press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Add a calendar' });
    expect(await dialog.getByLabel('Kind').inputValue()).toBe('ics-url');
    await dialog.getByLabel('Kind').selectOption('google');
    await dialog.getByText('secret iCal address is easier').waitFor();
    await dialog.getByLabel('Name').fill('Mine');
    const proceed = dialog.getByRole('button', { name: 'Continue' });
    await proceed.press('Enter');
    await dialog.getByRole('alert').getByText('clientId is missing').waitFor();
    await dialog.getByLabel('Client id').fill('client-1');
    await dialog.getByLabel('Client secret').fill(SECRET);
    expect(await axeFindings(page)).toEqual([]);
    await proceed.press('Enter');
    const link = dialog.getByRole('link', { name: /Log in at Google/u });
    await link.waitFor();
    expect(await axeFindings(page)).toEqual([]);
    // Google's own page, where the person declines.
    const to = new URL((await link.getAttribute('href')) ?? '');
    expect(to.origin).toBe('https://accounts.google.com');
    expect(to.searchParams.get('client_id')).toBe('client-1');
    expect(to.href).not.toContain(SECRET);
    const back = new URL(to.searchParams.get('redirect_uri') ?? '');
    back.searchParams.set('state', to.searchParams.get('state') ?? '');
    back.searchParams.set('error', 'access_denied');
    await fetch(back);
    await dialog.getByRole('alert').getByText('was declined').waitFor();
    expect(await dialog.getByLabel('Client id').inputValue()).toBe('client-1');
  });

  it('says loudly that nothing will be asked', async () => {
    const settings = { launcher: { permissionMode: 'bypassPermissions' } };
    const { page } = await openSettings({}, settings);
    await page
      .getByRole('alert')
      .getByText(/without asking anybody/u)
      .waitFor();
  });

  it.each(['light', 'dark'] as const)(
    'is accessible and as wide as a phone in %s',
    async (colorScheme) => {
      const options = { viewport: PHONE, colorScheme, reducedMotion: 'reduce' } as const;
      const { page, problems } = await openSettings(options);
      await seenHeading(page, 'Settings').waitFor();
      await page.getByText('Prompt template').click();
      await page.getByRole('region', { name: 'Preview of the prompt' }).waitFor();
      expect(await axeFindings(page)).toEqual([]);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width).toBeLessThanOrEqual(PHONE.width);
      expect(problems).toEqual([]);
    },
  );
});
