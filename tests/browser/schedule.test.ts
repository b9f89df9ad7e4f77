import fs from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { tempFolder, undoAfter } from '../support/cleanup.js';
import { until } from '../support/until.js';
import { axeFindings } from './axe.js';
import { skipWithoutChromium, useBrowser } from './chromium.js';
import { addEntry, aWednesday, entry, plansAt, startPlanning, startsAt, ZONE } from './planned.js';
import { seenHeading } from './seen.js';

const defer = undoAfter('each');
const DAY = aWednesday();
const PHONE = { width: 390, height: 844 };

describe.skipIf(skipWithoutChromium)('the schedule page', () => {
  const open = useBrowser();

  async function openSchedule(query = `?view=week&day=${DAY}`, options = {}, settings = {}) {
    const planning = await startPlanning(settings, defer);
    const at = { timezoneId: ZONE, locale: 'en-US', ...options };
    const show = async () => {
      const opened = await open(`${planning.daemon.url}/schedule${query}`, defer, at);
      await opened.page.getByText('Plans start by themselves').waitFor();
      return opened;
    };
    return { ...planning, show };
  }

  it('plans, moves, shows and deletes a session by keys alone', async () => {
    const { daemon, show } = await openSchedule();
    const { page, problems } = await show();
    const { keyboard } = page;
    await keyboard.press('n');
    const form = page.getByRole('dialog', { name: 'Plan a session' });
    await form.getByRole('option', { name: 'shop' }).waitFor({ state: 'attached' });
    await keyboard.type('shop');
    await focusBy(page, 'Tab', 'Objectives, one to a line');
    await keyboard.type('Build the gate\nPaint the gate');
    await focusBy(page, 'Tab', 'Budget, US dollars');
    await keyboard.type('-1');
    await form.getByText('A number above 0, or nothing').waitFor();
    await keyboard.press('Backspace');
    await keyboard.press('Backspace');
    await keyboard.type('2');
    await focusBy(page, 'Tab', 'Start');
    const [year = '', month = '', day = ''] = DAY.split('-');
    await keyboard.type(`${month}${day}${year}`);
    await keyboard.press('ArrowRight');
    await keyboard.type('0900AM');
    await form.getByText(/^Starts Wed /u).waitFor();
    await focusBy(page, 'Tab', 'Plan it');
    await keyboard.press('Enter');
    await form.waitFor({ state: 'hidden' });
    await startsAt(daemon, DAY, `${DAY}T09:00`);
    const block = page.getByRole('button', { name: /Claude: shop/u });
    await block.waitFor();

    await keyboard.press('j');
    for (const key of ['m', 'ArrowDown', 'ArrowDown', 'ArrowRight']) await keyboard.press(key);
    await keyboard.press('Escape');
    expect((await plansAt(daemon, DAY)).length).toBe(1);
    await startsAt(daemon, DAY, `${DAY}T09:00`);
    for (const key of ['m', 'ArrowDown', 'ArrowDown', 'Enter']) await keyboard.press(key);
    await startsAt(daemon, DAY, `${DAY}T09:30`);
    await page.getByRole('button', { name: /09:30 Claude: shop/u }).waitFor();

    await block.focus();
    await keyboard.press('Enter');
    const detail = page.getByRole('dialog', { name: 'Claude: shop' });
    await detail.getByText('- Paint the gate').waitFor();
    await focusBy(page, 'Tab', 'Delete');
    await keyboard.press('Enter');
    await detail.getByText('Take it out of the schedule?').waitFor();
    await focusBy(page, 'Tab', 'Delete');
    await keyboard.press('Enter');
    await block.waitFor({ state: 'detached' });
    expect(await plansAt(daemon, DAY)).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('moves by dragging, a quarter of an hour at a time', async () => {
    const { daemon, show } = await openSchedule();
    await addEntry(daemon, entry(DAY));
    const { page } = await show();
    const block = page.getByRole('button', { name: /Claude: shop/u });
    const box = await block.boundingBox();
    if (!box) throw new Error('the plan is not seen');
    const [x, y] = [box.x + box.width / 2, box.y + 6];
    await page.mouse.move(x, y);
    await page.mouse.down();
    // A day to the right and an hour down.
    for (const part of [0.1, 0.5, 1]) await page.mouse.move(x + box.width * part, y + 47 * part);
    await page.mouse.up();
    const next = new Date(Date.parse(DAY) + 86_400_000).toISOString().slice(0, 10);
    await startsAt(daemon, DAY, `${next}T10:00`);
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  it('asks for a yes with the exact words, and shows conflicts and the pause', async () => {
    const file = path.join(tempFolder(defer), 'team.ics');
    fs.writeFileSync(file, eventOn(DAY));
    const source = { id: 'team', kind: 'ics-file', name: 'Team', trust: 'confirm', path: file };
    const settings = { calendar: { sources: [source] } };
    const { daemon, show } = await openSchedule(undefined, {}, settings);
    await until('the event to be read', async () => (await plansAt(daemon, DAY)).length > 0);
    const { page } = await show();
    const asked = page.getByRole('region', { name: 'To confirm' });
    await asked.getByText('- Count the tills').waitFor();
    await asked.getByRole('button', { name: 'Approve' }).press('Enter');
    await asked.waitFor({ state: 'detached' });
    expect((await plansAt(daemon, DAY))[0]?.approval).toBe('approved');

    await page.getByRole('button', { name: 'Pause' }).press('Enter');
    await page.getByText('Paused: nothing starts by itself').waitFor();
    await page.getByRole('button', { name: 'Resume' }).press('Enter');
    await page.getByText('Plans start by themselves').waitFor();
  });

  it('changes an event of a calendar file where it lies, one of a series alone', async () => {
    const file = path.join(tempFolder(defer), 'mine.ics');
    fs.writeFileSync(file, eventOn(DAY).replace('SUMMARY', 'RRULE:FREQ=WEEKLY\r\nSUMMARY'));
    const source = { id: 'mine', kind: 'ics-file', name: 'Mine', trust: 'automatic', path: file };
    const { daemon, show } = await openSchedule(undefined, {}, { calendar: { sources: [source] } });
    await until('the event to be read', async () => (await plansAt(daemon, DAY)).length > 0);
    const { page, problems } = await show();
    await page.getByRole('button', { name: /Claude: shop/u }).focus();
    const [before] = await plansAt(daemon, DAY);
    const from = before?.plan.startsAt ?? 0;
    for (const key of ['m', 'ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
    await until('the file to be written', () => {
      return fs
        .readFileSync(file, 'utf8')
        .includes(`RECURRENCE-ID:${DAY.replaceAll('-', '')}T100000Z`);
    });
    await until('the plan to be moved', async () => {
      return (await plansAt(daemon, DAY))[0]?.plan.startsAt === from + 1_800_000;
    });

    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: 'Edit this one' }).press('Enter');
    const form = page.getByRole('dialog', { name: 'Edit the plan' });
    await form.getByText('for this one of the series alone').waitFor();
    expect(await form.getByLabel('Repeats').count()).toBe(0);
    expect(await axeFindings(page)).toEqual([]);
    await form.getByLabel('Objectives, one to a line').fill('Count the keys');
    await form.getByRole('button', { name: 'Save' }).press('Enter');
    await form.waitFor({ state: 'detached' });
    const [changed] = await plansAt(daemon, DAY);
    expect(changed?.plan.objectives).toEqual(['Count the keys']);
    const text = fs.readFileSync(file, 'utf8');
    expect(text).toContain('- Count the tills');
    expect(text).toContain('- [ ] Count the keys');
    expect(problems).toEqual([]);
  });

  it.each(['light', 'dark'] as const)(
    'is accessible and as wide as a phone in %s',
    async (colorScheme) => {
      const options = { viewport: PHONE, colorScheme, reducedMotion: 'reduce', hasTouch: true };
      const { daemon, show } = await openSchedule(`?day=${DAY}`, options);
      await addEntry(daemon, entry(DAY));
      await addEntry(daemon, entry(DAY, { phase: 'Other', startsAt: `${DAY}T09:30` }));
      const { page, problems } = await show();
      await seenHeading(page, 'Schedule').waitFor();
      await page.getByRole('list', { name: 'Agenda' }).waitFor();
      expect(await axeFindings(page)).toEqual([]);
      expect(await widthOf(page)).toBeLessThanOrEqual(PHONE.width);
      await page.getByRole('button', { name: /Build/u }).tap();
      await page.getByRole('dialog').getByText('Prompt, word for word').waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await page.getByRole('button', { name: 'Edit' }).tap();
      const form = page.getByRole('dialog', { name: 'Edit the plan' });
      await form.getByText(/At the same time in this project: .*Other/u).waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Week' }).tap();
      await page.getByRole('region', { name: 'Week by the hour' }).waitFor();
      expect(await axeFindings(page)).toEqual([]);
      expect(await widthOf(page)).toBeLessThanOrEqual(PHONE.width);
      expect(problems).toEqual([]);
    },
  );
});

const widthOf = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth);

/** Presses a key until the focus is on what is named so. */
async function focusBy(page: Page, key: string, name: string): Promise<void> {
  for (let turn = 0; turn < 40; turn += 1) {
    const found = await page.evaluate(() => {
      const active = document.activeElement;
      if (!(active instanceof HTMLElement)) return '';
      const labels = 'labels' in active ? [...(active.labels as NodeListOf<HTMLElement>)] : [];
      return active.ariaLabel ?? labels[0]?.textContent ?? active.textContent;
    });
    if (found.trim() === name) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} does not lead to ${name}`);
}

function eventOn(day: string): string {
  const plain = day.replaceAll('-', '');
  return [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//tests//EN', 'BEGIN:VEVENT'],
    ...['UID:tills@tests', 'DTSTAMP:20260101T000000Z', `DTSTART:${plain}T100000Z`],
    ...[`DTEND:${plain}T110000Z`, 'SUMMARY:Claude: shop'],
    ...['DESCRIPTION:Objectives:\\n- Count the tills', 'END:VEVENT', 'END:VCALENDAR', ''],
  ].join('\r\n');
}
