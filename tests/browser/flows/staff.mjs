// What the staff see: everything that the debtor did, the mails it got, and their own imports.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { dispute, payByCard, promise, signAndDebit } from '../deeds.mjs';
import { demo } from '../demo.mjs';
import { open } from '../lib.mjs';
import { arrive, atBothWidths, follow, press, reads, signIn, sound, text } from '../person.mjs';

const BALANCE = fileURLToPath(
  new URL('../../data/balances/items-quoted-utf8-bom-bad.csv', import.meta.url),
);
// Under a name that a bank may give it, and that is no word of another language.
const TABLE = {
  name: 'releve.csv',
  mimeType: 'text/csv',
  buffer: readFileSync(new URL('../../data/bank/own-table-unknown.csv', import.meta.url)),
};
const MAIL_PATIENCE_MS = 30_000;

/** A visit in which everything is done once; gives the debtor's name. */
async function aVisit(browser) {
  const page = await open(browser, { width: 390 });
  await arrive(page, await demo());
  const name = (await page.locator('h1 + .sub').innerText()).split(' · ')[0];
  for (const deed of [dispute, promise, payByCard, signAndDebit]) await deed(page);
  await page.context().close();
  return name;
}

export async function a_wrong_password_says_so(browser) {
  await atBothWidths(browser, async (page, { staff }) => {
    await page.goto(staff);
    await sound(page, 'staff-sign-in');
    await page.getByLabel('E-mail').fill('demo@acquit.example');
    await page.getByLabel('Mot de passe').fill('wrong');
    assert.equal(await press(page, 'Se connecter'), 422);
    assert.match(await text(page), /L’adresse ou le mot de passe n’est pas le bon/);
    await sound(page, 'staff-sign-in-refused');
  });
}

export async function the_debtors_day_is_on_the_dashboard(browser) {
  const name = await aVisit(browser);
  await atBothWidths(browser, async (page, said) => {
    await signIn(page, said);
    const today = await text(page);
    const line = (...parts) => new RegExp(parts.map(plain).join('[^€]*'));
    assert.match(today, line(name, '12,50'));
    assert.match(today, line(name, '13,00'));
    await sound(page, 'today');
    await follow(page, page.getByRole('link', { name }).first());
    const timeline = await page.locator('#history').innerText();
    for (const amount of ['12,50', '15,00', '10,00', '13,00']) {
      assert.ok(timeline.includes(amount), `${amount} is not in the timeline`);
    }
    await sound(page, 'debtor');
  });
}

function plain(words) {
  return words.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

export async function what_was_done_is_confirmed_by_mail(browser) {
  await aVisit(browser);
  const page = await open(browser);
  const { mailbox } = await demo();
  const wanted = [/signalement|problème/i, /15,00 €/, /10,00 €/, /13,00 €/, /mandat/i];
  const until = Date.now() + MAIL_PATIENCE_MS;
  let missing = wanted;
  while (missing.length > 0 && Date.now() < until) {
    await page.goto(mailbox);
    const said = await text(page);
    missing = wanted.filter((words) => !words.test(said));
    if (missing.length > 0) await page.waitForTimeout(500);
  }
  assert.deepEqual(missing, []);
  await page.context().close();
}

export async function debtors_are_found_by_name(browser) {
  await atBothWidths(browser, async (page, said) => {
    await signIn(page, said);
    await follow(page, page.getByRole('rowheader').getByRole('link').first());
    await sound(page, 'debtors');
    await page.getByLabel(/^Rechercher un client/).fill('pas un nom');
    await press(page, 'Rechercher');
    assert.match(await text(page), /Aucun client ne correspond/);
    await sound(page, 'debtors-none');
    await follow(page, page.getByRole('link', { name: 'Envois', exact: true }));
    await sound(page, 'messages');
  });
}

/** What customers wrote and were written stays in their language; the pages are in the reader's. */
export async function the_pages_speak_english_too(browser) {
  await atBothWidths(
    browser,
    async (page, said) => {
      await page.goto(said.staff);
      await sound(page, 'staff-sign-in');
      await signIn(page, said);
      await sound(page, 'today');
      await follow(page, page.getByRole('rowheader').getByRole('link').first());
      await sound(page, 'debtors');
      await follow(page, page.getByRole('link', { name: 'Imports', exact: true }));
      await sound(page, 'imports');
      await follow(page, page.getByRole('link', { name: 'Messages', exact: true }));
      await sound(page, 'messages');
    },
    'en',
  );
}

export async function a_balance_is_read_checked_and_imported(browser) {
  await atBothWidths(browser, async (page, said) => {
    await signIn(page, said);
    await follow(page, page.getByRole('rowheader').getByRole('link').first());
    await follow(page, page.getByRole('link', { name: 'Imports', exact: true }));
    await sound(page, 'imports');
    await page.getByLabel(/^Fichier de balance/).setInputFiles(BALANCE);
    await page.getByLabel(/^Ce fichier contient/).setChecked(false);
    await press(page, 'Lire le fichier');
    await reads(page, /^Vérifiez les colonnes/);
    await sound(page, 'columns');
    await press(page, 'Importer');
    await reads(page, /^Import terminé/);
    await sound(page, 'import-result');
  });
}

/** Nothing is booked: the file waits at both widths. */
export async function the_columns_of_a_banks_table_are_checked(browser) {
  await atBothWidths(browser, async (page, said) => {
    await signIn(page, said);
    await follow(page, page.getByRole('rowheader').getByRole('link').first());
    await follow(page, page.getByRole('link', { name: 'Imports', exact: true }));
    await follow(page, page.getByRole('link', { name: 'Relevés bancaires' }));
    await page.getByLabel(/^Fichier de la banque/).setInputFiles(TABLE);
    await press(page, 'Prendre le fichier');
    await sound(page, 'bank');
    await follow(page, page.getByRole('link', { name: /^Vérifier les colonnes/ }).first());
    await reads(page, /^Vérifiez les colonnes du relevé/);
    assert.match(await text(page), /Ce qui est compris/);
    await sound(page, 'bank-columns');
    await page.getByLabel('Qui', { exact: true }).selectOption('words');
    assert.equal(await press(page, 'Comptabiliser'), 422);
    assert.match(await text(page), /Une seule colonne peut contenir : Libellé/);
    await sound(page, 'bank-columns-twice');
    await page.getByLabel('Qui', { exact: true }).selectOption('name');
    await press(page, 'Voir ce qui est compris');
    assert.match(await text(page), /Durand & Fils/);
    await page.getByLabel('Les montants s’écrivent').selectOption('point');
    await press(page, 'Voir ce qui est compris');
    assert.match(await text(page), /Le fichier ne se lit pas ainsi/);
    await sound(page, 'bank-columns-unread');
  });
}
