// Takes the pictures of docs/screens from a demonstration: `node tests/browser/screens.mjs`.
// Two for the README as a visitor first sees them, and a gallery of whole pages: the debtor's on a
// phone, the staff's at a desk.

import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { askForTime, dispute, payByCard, payByTransfer, promise, signAndDebit } from './deeds.mjs';
import { demo, stopDemo } from './demo.mjs';
import { launch, open } from './lib.mjs';
import { arrive, follow, signIn } from './person.mjs';

const SCREENS = fileURLToPath(new URL('../../docs/screens', import.meta.url));

/** Longer pages are cut here: a picture is to be looked at. */
const TALLEST = 2400;

async function picture(browser, name, width, height, enter) {
  const page = await open(browser, { width });
  await page.setViewportSize({ width, height });
  await enter(page, await demo());
  await page.screenshot({ path: path.join(SCREENS, `${name}-${width}.png`) });
  await page.context().close();
}

/** Keeps the page as it stands, from its top. */
async function keep(page, name) {
  const { width } = page.viewportSize();
  const whole = await page.evaluate(() => document.documentElement.scrollHeight);
  const clip = { x: 0, y: 0, width, height: Math.min(whole, TALLEST) };
  const file = path.join(SCREENS, 'gallery', `${name}-${width}.jpg`);
  await page.screenshot({ path: file, type: 'jpeg', quality: 60, fullPage: true, clip });
}

async function debtor(browser, use, scheme = 'light') {
  const page = await open(browser, { width: 390, scheme });
  await arrive(page, await demo());
  await use(page);
  await page.context().close();
}

async function look(page) {
  const scheme = await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  const name = (plain) => (scheme ? `${plain}-dark` : plain);
  await keep(page, name('account'));
  await follow(page, page.getByRole('rowheader').getByRole('link').last());
  await keep(page, name('invoice'));
}

async function preferences(page) {
  await follow(page, page.getByRole('link', { name: /^Préférences/ }));
  await keep(page, 'preferences');
}

async function messages(browser) {
  const page = await open(browser, { width: 390 });
  const { mailbox, origin } = await demo();
  await page.goto(mailbox);
  await keep(page, 'mailbox');
  await follow(page, page.getByRole('link', { name: /^Rappel/ }).first());
  await keep(page, 'mail');
  const button = page.frameLocator('iframe').getByRole('link', { name: 'Payer ou répondre' });
  await page.goto(await button.getAttribute('href'));
  await keep(page, 'landing');
  await page.goto(`${origin}/l/${'C'.repeat(33)}`);
  await keep(page, 'expired');
  await page.context().close();
}

async function staff(browser) {
  const page = await open(browser, { width: 1280 });
  const said = await demo();
  await page.goto(said.staff);
  await keep(page, 'staff-sign-in');
  await signIn(page, said);
  await keep(page, 'staff-today');
  const places = ['Envois à décider', 'Boréal Fournitures', 'Imports', 'Clients'];
  for (const [n, name] of places.entries()) {
    await follow(page, page.getByRole('link', { name, exact: true }).first());
    await keep(page, `staff-${n + 1}`);
  }
  await follow(page, page.getByRole('link', { name: /^Imprimerie de la Halle/ }).first());
  await keep(page, 'staff-debtor');
  await page.context().close();
}

const browser = await launch();
try {
  await picture(browser, 'account', 390, 844, arrive);
  await picture(browser, 'staff', 1280, 900, signIn);
  await messages(browser);
  await debtor(browser, look);
  await debtor(browser, look, 'dark');
  for (const deed of [dispute, promise, payByCard, payByTransfer, signAndDebit]) {
    await debtor(browser, (page) => deed(page, keep));
  }
  await debtor(browser, (page) => askForTime(page, keep));
  await debtor(browser, preferences);
  await staff(browser);
} finally {
  await browser.close();
  await stopDemo();
}
