// How a person goes through the pages: arrives by a link, reads, presses, and meets no faulty page.

import assert from 'node:assert/strict';

import { demo } from './demo.mjs';
import { WIDTHS, judgeHere, open } from './lib.mjs';

/** Runs `use` with a fresh browser page at each width. */
export async function atBothWidths(browser, use) {
  for (const width of WIDTHS) {
    const page = await open(browser, { width });
    try {
      await use(page, await demo());
    } finally {
      await page.context().close();
    }
  }
}

/** Opens the debtor's account by the printed link. */
export async function arrive(page, { link }) {
  await page.goto(link);
  await press(page, 'Voir mon compte');
  await reads(page, /^Votre compte chez /);
}

/** Signs in as staff. */
export async function signIn(page, { staff, email, password }) {
  await page.goto(staff);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Mot de passe').fill(password);
  await press(page, 'Se connecter');
  await reads(page, /^Aujourd’hui/);
}

/** Presses a button; gives the status of the page it led to. */
export async function press(page, name) {
  return follow(page, page.getByRole('button', { name }).first());
}

/** Clicks a button or link; gives the status of the page it led to. */
export async function follow(page, place) {
  const [response] = await Promise.all([
    page.waitForResponse((response) => {
      const redirect = response.status() >= 300 && response.status() < 400;
      return response.request().isNavigationRequest() && !redirect;
    }),
    place.click(),
  ]);
  await page.waitForLoadState();
  return response.status();
}

/** The page's title is this. */
export async function reads(page, title) {
  const found = (await page.locator('h1').textContent()).trim();
  if (title instanceof RegExp) assert.match(found, title);
  else assert.equal(found, title);
}

/** The page as it stands has no fault. */
export async function sound(page, name) {
  assert.deepEqual(await judgeHere(page, name), [], name);
}

/** What the page says, spaces made plain. */
export async function text(page) {
  return (await page.locator('main').innerText()).replaceAll(/\s+/g, ' ');
}

/** Ticks only the late invoice with most left to pay; gives its number. */
export async function chooseOne(page) {
  await follow(page, page.getByRole('link', { name: 'Votre compte', exact: true }));
  let best = { left: 0 };
  for (const row of await page.locator('tbody tr:has([type=checkbox])').all()) {
    const box = row.getByRole('checkbox');
    if (!(await box.isChecked())) continue;
    await box.uncheck();
    const left = Number((await row.locator('td.num').innerText()).replaceAll(/\D/g, ''));
    if (left > best.left) best = { row, left };
  }
  await best.row.getByRole('checkbox').check();
  return best.row.getByRole('rowheader').getByRole('link').innerText();
}
