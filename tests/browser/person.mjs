// How a person goes through the pages: arrives by a link, reads, presses, and meets no faulty page.

import assert from 'node:assert/strict';

import { demo } from './demo.mjs';
import * as keys from './keys.mjs';
import { WIDTHS, judgeHere, open } from './lib.mjs';
import { say } from './tongue.mjs';

const { keysOnly } = keys;

const TONGUES = ['fr', 'en'];

/** Runs `use` with a fresh browser page at each width. */
export async function atBothWidths(browser, use, tongue = 'fr') {
  for (const width of WIDTHS) {
    const page = await open(browser, { width, tongue });
    try {
      await use(page, await demo());
    } finally {
      await page.context().close();
    }
  }
}

/** Runs `use` with a fresh browser page at each width in French and in English. */
export async function inBothTongues(browser, use) {
  for (const tongue of TONGUES) await atBothWidths(browser, use, tongue);
}

/** Opens the debtor's account by the printed link. */
export async function arrive(page, { link }) {
  await page.goto(link);
  await press(page, say(page, 'Voir mon compte', 'See my account'));
  await reads(page, say(page, /^Votre compte chez /, /^Your account with /));
}

/** The customers that were reminded, the latest first: the addresses of their messages. */
async function reminded(page, mailbox) {
  const found = new Map();
  for (let next = mailbox; next; next = await older(page)) {
    await page.goto(next);
    const rows = await page.locator('tbody tr').evaluateAll((all) =>
      all.map((row) => [row.cells[1].innerText, row.innerText, row.querySelector('a').href]),
    );
    for (const [to, subject, mail] of rows) {
      if (/^(Rappel|2e rappel)/.test(subject) && !found.has(to)) found.set(to, mail);
    }
  }
  return [...found.values()];
}

/** The address of the older messages, if the mailbox has more. */
export async function older(page) {
  const next = page.locator('[rel=next]');
  const href = (await next.count()) > 0 && (await next.getAttribute('href'));
  return href && new URL(href, page.url()).href;
}

/**
 * Opens the account of one of those customers by the link of its message: of the first, counted
 * from `from`, that still has an overdue invoice to choose. Gives its place.
 */
export async function arriveAs(page, from, { mailbox }) {
  const mails = await reminded(page, mailbox);
  for (let n = from; n < mails.length; n += 1) {
    await page.goto(mails[n]);
    const button = page.frameLocator('iframe').getByRole('link').first();
    const link = await button.getAttribute('href');
    const landing = await page.goto(link);
    // The link of somebody who has left opens nothing any more.
    if (landing.status() === 404) continue;
    await arrive(page, { link });
    if ((await page.locator('form .bills tbody :checked').count()) > 0) return n;
  }
  throw new Error(`${mails.length} customers were reminded, none from ${from} on has to pay`);
}

/** The same, of the first whose account `fits`. */
export async function arriveWhere(page, from, said, fits) {
  let n = await arriveAs(page, from, said);
  while (!(await fits(page))) n = await arriveAs(page, n + 1, said);
  return n;
}

/** Whether the supplier's own bank debits: the other supplier has its payment provider do so. */
export async function ownBankDebits(page) {
  return (await text(page)).includes('Boréal');
}

/** Whether an overdue invoice that is ticked leaves at least so many cents to pay. */
export async function owes(page, cents) {
  const amounts = page.locator('form .bills tbody tr:has(:checked) td.num');
  const all = await amounts.allInnerTexts();
  return all.some((amount) => Number(amount.replaceAll(/\D/g, '')) >= cents);
}

/** Signs in as staff. */
export async function signIn(page, { staff, email, password }) {
  await page.goto(staff);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel(say(page, 'Mot de passe', 'Password')).fill(password);
  await press(page, say(page, 'Se connecter', 'Sign in'));
  await reads(page, say(page, /^Aujourd’hui/, /^Today/));
}

/** Presses a button; gives the status of the page it led to. */
export async function press(page, name) {
  return follow(page, page.getByRole('button', { name }).first());
}

/** Uses a button or link; gives the status of the page it led to. */
export async function follow(page, place) {
  if (keysOnly(page)) await keys.tabTo(page, place);
  const [response] = await Promise.all([
    page.waitForResponse((response) => {
      const redirect = response.status() >= 300 && response.status() < 400;
      return response.request().isNavigationRequest() && !redirect;
    }),
    // A click waits for the new page by itself, a key does not.
    page.waitForEvent('domcontentloaded'),
    keysOnly(page) ? page.keyboard.press('Enter') : place.click(),
  ]);
  await page.waitForLoadState();
  return response.status();
}

/** Writes into a field in place of what it holds. */
export async function write(page, place, words) {
  if (keysOnly(page)) await keys.type(page, place, words);
  else await place.fill(words);
}

/** Ticks a box or takes a radio, unless it is. */
export async function choose(page, place) {
  if (await place.isChecked()) return;
  if (keysOnly(page)) await keys.choose(page, place);
  else await place.check();
}

/** Takes the tick out of a box. */
async function leave(page, box) {
  if (keysOnly(page)) await keys.choose(page, box);
  else await box.uncheck();
}

/** Chooses files. */
export async function attach(page, place, files) {
  if (keysOnly(page)) await keys.attach(page, place, files);
  else await place.setInputFiles(files);
}

/** The page's title is this. */
export async function reads(page, title) {
  const found = (await page.locator('h1').textContent()).trim();
  if (title instanceof RegExp) assert.match(found, title);
  else assert.equal(found, title);
}

/** What was judged: markup that is met again in another flow is not judged again. */
const judged = new Set();

/** The page as it stands has no fault. */
export async function sound(page, name) {
  const own = say(page, name, `${name}-en`);
  const once = `${own} at ${page.viewportSize().width} px`;
  if (judged.has(once)) return;
  judged.add(once);
  assert.deepEqual(await judgeHere(page, own), [], once);
}

/** What the page says, spaces made plain. */
export async function text(page) {
  return (await page.locator('main').innerText()).replaceAll(/\s+/g, ' ');
}

/** Ticks only the late invoice with most left to pay; gives its number. */
export async function chooseOne(page) {
  const account = say(page, 'Votre compte', 'Your account');
  await follow(page, page.getByRole('link', { name: account, exact: true }));
  let best = { left: 0 };
  for (const row of await page.locator('form .bills tbody tr:has([type=checkbox])').all()) {
    const box = row.getByRole('checkbox');
    if (!(await box.isChecked())) continue;
    await leave(page, box);
    const left = Number((await row.locator('td.num').innerText()).replaceAll(/\D/g, ''));
    if (left > best.left) best = { row, left };
  }
  await choose(page, best.row.getByRole('checkbox'));
  return best.row.getByRole('rowheader').getByRole('link').innerText();
}
