// Takes the pictures of docs/screens from a demonstration: `node tests/browser/screens.mjs`.
// Two for the README as a visitor first sees them, and a gallery of whole pages: the debtor's on a
// phone and at a desk, in both languages, in the dark and on paper; the staff's at a desk.
// With Debian's chromium-l10n the browser's own words (date fields, file buttons) are French too.

import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import * as deeds from './deeds.mjs';
import { demo, stopDemo } from './demo.mjs';
import { launch, open } from './lib.mjs';
import { arrive, arriveAs, chooseOne, follow, press, signIn } from './person.mjs';
import { say } from './tongue.mjs';

const SCREENS = fileURLToPath(new URL('../../docs/screens', import.meta.url));
const GALLERY = path.join(SCREENS, 'gallery');
const BALANCE = fileURLToPath(
  new URL('../data/balances/items-quoted-utf8-bom-bad.csv', import.meta.url),
);

/** Longer pages are cut here: a picture is to be looked at. */
const TALLEST = 2000;

/** A page of paper, A4 at 96 pixels an inch. */
const PAPER = 794;

/** In this order: a mandate is revoked once it is signed. */
const DEEDS = [
  deeds.dispute,
  deeds.disputeByLines,
  deeds.promise,
  deeds.askForTime,
  deeds.payByCard,
  deeds.payByTransfer,
  deeds.signAndDebit,
  deeds.revokeMandate,
];

const PHONE = { width: 390 };
const DESK = { width: 1280 };

/** A customer with reports and promises of its own, apart from the one whose link is printed. */
const ANOTHER = 1;

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
  const { whole, dark } = await page.evaluate(() => ({
    whole: document.documentElement.scrollHeight,
    dark: matchMedia('(prefers-color-scheme: dark)').matches,
  }));
  const clip = { x: 0, y: 0, width, height: Math.min(whole, TALLEST) };
  const parts = [name, say(page, '', 'en'), dark ? 'dark' : '', width];
  const file = path.join(GALLERY, `${parts.filter(Boolean).join('-')}.jpg`);
  await page.screenshot({ path: file, type: 'jpeg', quality: 40, fullPage: true, clip });
}

/** Runs `use` on the account that the demonstration's link opens, or on another one. */
async function debtor(browser, options, use, n) {
  const page = await open(browser, options);
  if (n === undefined) await arrive(page, await demo());
  else await arriveAs(page, n, await demo());
  await use(page);
  await page.context().close();
}

async function look(page) {
  await keep(page, 'account');
  await follow(page, page.getByRole('rowheader').getByRole('link').last());
  await keep(page, 'invoice');
}

async function onPaper(page) {
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: PAPER, height: 1123 });
  await keep(page, 'account-print');
}

/** The forms, without sending them. */
async function forms(page) {
  await chooseOne(page);
  await press(page, say(page, 'Payer les factures cochées', 'Pay the ticked invoices'));
  await keep(page, 'pay');
  await chooseOne(page);
  await press(page, say(page, /^Demander un délai/, /^Ask for more time/));
  await keep(page, 'plan');
  await follow(page, page.getByRole('link', { name: say(page, 'Annuler', 'Cancel') }));
  const preferences = say(page, /^Préférences/, /^Preferences/);
  await follow(page, page.getByRole('link', { name: preferences }));
  await keep(page, 'preferences');
}

async function messages(browser, options) {
  const page = await open(browser, options);
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
  await page.goto(`${origin}/nowhere`);
  await keep(page, 'not-found');
  await page.context().close();
}

async function staff(browser, options) {
  const page = await open(browser, options);
  const said = await demo();
  await page.goto(said.staff);
  await keep(page, 'staff-sign-in');
  await signIn(page, said);
  await keep(page, 'staff-today');
  const go = (name) => follow(page, page.getByRole('link', { name }).first());
  await go(say(page, 'Envois', 'Messages'));
  await keep(page, 'staff-messages');
  await page.goto(said.staff);
  await go(/^Boréal/);
  await keep(page, 'staff-debtors');
  await imports(page);
  await page.goto(said.staff);
  await go(/^Imprimerie de la Halle/);
  await keep(page, 'staff-debtor');
  const customer = page.url();
  await page.goto(`${customer}/history`);
  await keep(page, 'staff-history');
  for (const list of ['debits', 'bank', 'account']) {
    await page.goto(customer.replace(/debtors\/.*/, list));
    await keep(page, `staff-${list}`);
  }
  await page.goto(customer);
  await follow(page, page.getByRole('rowheader').getByRole('link').first());
  await keep(page, 'staff-invoice');
  await page.goto(customer);
  await follow(page, page.locator('#disputes').getByRole('link', { name: /^Répondre/ }).first());
  await keep(page, 'staff-dispute');
  await page.goto(customer);
  await follow(page, page.locator('#mandates').getByRole('link').first());
  await keep(page, 'staff-mandate');
  await page.context().close();
}

/** The pages that staff have open all day. */
async function staffBriefly(browser, options) {
  const page = await open(browser, options);
  await signIn(page, await demo());
  await keep(page, 'staff-today');
  await follow(page, page.getByRole('link', { name: /^Imprimerie de la Halle/ }).first());
  await keep(page, 'staff-debtor');
  await page.context().close();
}

async function imports(page) {
  await follow(page, page.getByRole('link', { name: 'Imports', exact: true }));
  await keep(page, 'staff-imports');
  await page.locator('[type=file]').setInputFiles(BALANCE);
  await page.locator('[name=complete]').setChecked(false);
  await press(page, say(page, 'Lire le fichier', 'Read the file'));
  await keep(page, 'staff-columns');
  await press(page, say(page, 'Importer', 'Import'));
  await keep(page, 'staff-import-result');
}

async function french(browser) {
  await picture(browser, 'account', 390, 844, arrive);
  await picture(browser, 'staff', 1280, 900, signIn);
  await messages(browser, PHONE);
  await debtor(browser, PHONE, look);
  await debtor(browser, DESK, look);
  await debtor(browser, DESK, onPaper);
  await debtor(browser, { ...PHONE, scheme: 'dark' }, look);
  await debtor(browser, DESK, forms);
  for (const deed of DEEDS) await debtor(browser, PHONE, (page) => deed(page, keep));
  await debtor(browser, { ...PHONE, scheme: 'dark' }, forms);
  await debtor(browser, DESK, (page) => deeds.dispute(page, keep), ANOTHER);
  await debtor(browser, DESK, (page) => deeds.disputeByLines(page, keep), ANOTHER);
  await debtor(browser, DESK, (page) => deeds.payByTransfer(page, keep), ANOTHER);
  await debtor(browser, PHONE, look, ANOTHER);
  await staff(browser, DESK);
  await staffBriefly(browser, PHONE);
  await staffBriefly(browser, { ...DESK, scheme: 'dark' });
}

async function english(browser) {
  await messages(browser, { ...PHONE, tongue: 'en' });
  await debtor(browser, { ...PHONE, tongue: 'en' }, look, ANOTHER);
  await debtor(browser, { ...PHONE, tongue: 'en' }, forms, ANOTHER);
  await debtor(browser, { ...PHONE, tongue: 'en' }, (page) => deeds.promise(page, keep), ANOTHER);
  await staffBriefly(browser, { ...DESK, tongue: 'en' });
}

/** The page that shows them all. */
async function index() {
  const names = (await readdir(GALLERY)).filter((name) => name.endsWith('.jpg')).sort();
  const lines = names.map((name) => `![${name.replace('.jpg', '')}](gallery/${name})`);
  const words = '# Screens\n\nBy `node tests/browser/screens.mjs`; the number is the width.\n\n';
  await writeFile(path.join(SCREENS, 'README.md'), `${words}${lines.join('\n')}\n`);
  console.log(`${names.length} pictures`);
}

await rm(GALLERY, { recursive: true, force: true });
await mkdir(GALLERY, { recursive: true });
try {
  for (const [language, take] of [['fr', french], ['en', english]]) {
    const browser = await launch({ LANGUAGE: language });
    await take(browser);
    await browser.close();
  }
  await index();
} finally {
  await stopDemo();
}
