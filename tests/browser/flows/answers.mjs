// What the staff answer: a dispute with a document, a credit note that an import brought, charges
// that are given up, a mandate that is revoked for a customer.

import assert from 'node:assert/strict';

import { signAndDebit } from '../deeds.mjs';
import { open } from '../lib.mjs';
import {
  arrive, atBothWidths, attach, follow, press, reads, signIn, sound, text, write,
} from '../person.mjs';

const PAPER = {
  name: 'bon-signe.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.from('%PDF-1.4\n%%EOF\n'),
};

/** The table under a heading. */
const under = (page, heading) => page.locator(`h2:has-text("${heading}") + table`);

/**
 * Goes to the page of the first dispute to answer about an invoice that is still open; gives what
 * today's list said of it.
 */
async function aDispute(page, said) {
  let number;
  let amount;
  for (let n = 0; ; n += 1) {
    await page.goto(said.staff);
    const row = under(page, 'Litiges à traiter').locator('tbody tr').nth(n);
    [number, amount] = [await cell(row, 'Facture'), await cell(row, 'Montant')];
    await follow(page, row.getByRole('link').first());
    if (await page.locator('#items').getByRole('link', { name: number }).first().isVisible()) break;
  }
  const customer = { name: await customerName(page), code: await customerCode(page) };
  const dispute = page.locator('#disputes section', { hasText: number });
  await follow(page, dispute.getByRole('link', { name: 'Répondre, décider, confier' }).first());
  await reads(page, /^Litige sur /);
  return { number, amount, ...customer };
}

const cell = async (row, title) => (await row.locator(`[data-l="${title}"]`).innerText()).trim();

const customerCode = (page) => page.locator('h1 .sub').innerText();

const customerName = (page) =>
  page.locator('h1').evaluate((title) => title.firstChild.textContent.trim());

export async function a_dispute_is_answered_with_a_document(browser) {
  await atBothWidths(browser, async (page, said) => {
    await signIn(page, said);
    await aDispute(page, said);
    await sound(page, 'staff-dispute');
    assert.equal(await press(page, 'Refuser'), 422);
    await sound(page, 'staff-dispute-refused');
    await write(page, page.getByLabel('Réponse au client'), 'Voici le bon signé.');
    await attach(page, page.locator('[type=file]').first(), PAPER);
    await press(page, 'Envoyer sans décider');
    const told = await text(page);
    assert.ok(told.includes('Voici le bon signé.') && told.includes(PAPER.name), told);
    await sound(page, 'staff-debtor-answered');
  });
}

/** A balance file of one credit note of exactly what is disputed. */
function creditNote({ code, name, amount }, number) {
  const sum = amount.replaceAll(/[^\d,]/g, '');
  const [year, month, day] = new Date().toISOString().slice(0, 10).split('-');
  const on = `${day}/${month}/${year}`;
  const titles = 'Code client;Nom;Type;N° document;Date;Date d\'échéance;Montant TTC;Reste dû';
  const line = [code, name, 'AV', number, on, on, sum, sum].join(';');
  return {
    name: `${number}.csv`,
    mimeType: 'text/csv',
    buffer: Buffer.from(`${titles}\r\n${line}\r\n`),
  };
}

export async function a_credit_note_of_an_import_settles_a_dispute(browser) {
  let count = 0;
  await atBothWidths(browser, async (page, said) => {
    await signIn(page, said);
    const dispute = await aDispute(page, said);
    count += 1;
    const number = `AV-${count}${count}${count}`;
    await follow(page, page.getByRole('link', { name: 'Imports', exact: true }));
    await page.getByLabel(/^Fichier de balance/).setInputFiles(creditNote(dispute, number));
    await page.getByLabel(/^Ce fichier contient/).setChecked(false);
    await press(page, 'Lire le fichier');
    await press(page, 'Importer');
    await reads(page, /^Import terminé/);
    await page.goto(said.staff);
    const list = under(page, 'Avoirs à rapprocher');
    await sound(page, 'today-to-match');
    await follow(page, list.getByRole('link', { name: dispute.number }).first());
    await sound(page, 'staff-dispute-candidates');
    assert.ok((await text(page)).includes(number));
    await press(page, new RegExp(number));
    await sound(page, 'staff-decision');
    await press(page, 'Oui, régler par avoir');
    assert.match(await text(page), /Litige réglé par l’avoir[^]*Litiges répondus/);
    await page.goto(said.staff);
    assert.ok(!(await text(page)).includes(`Avoirs à rapprocher d’un litige ${number}`));
  });
}

/** One of the demonstration's suppliers charges for lateness. */
export async function charges_are_given_up_for_a_reason(browser) {
  await atBothWidths(browser, async (page, said) => {
    await signIn(page, said);
    await follow(page, page.getByRole('link', { name: 'Ateliers Lumen' }));
    for (let n = 0; ; n += 1) {
      const list = page.url();
      await follow(page, page.getByRole('rowheader').getByRole('link').nth(n));
      const charges = page.locator('#items').getByRole('link', { name: /^Frais/ });
      if ((await charges.count()) > 0) {
        await follow(page, charges.first());
        if (await page.getByLabel('Motif').isVisible()) break;
      }
      await page.goto(list);
    }
    await sound(page, 'staff-late');
    const waive = () => press(page, 'Renoncer aux frais de cette facture');
    assert.equal(await waive(), 422);
    await sound(page, 'staff-late-refused');
    await write(page, page.getByLabel('Motif'), 'Livraison en retard de notre fait.');
    await waive();
    assert.match(await text(page), /Ces frais ont été abandonnés Livraison en retard/);
    await sound(page, 'staff-late-waived');
  });
}

/** A customer signs a mandate and orders a debit, on a page of its own. */
async function aDebit(browser, said) {
  const page = await open(browser, { width: 390 });
  await arrive(page, said);
  await signAndDebit(page);
  await page.context().close();
}

/** Goes to a mandate in force of one whose debit is under way; the payment provider has others. */
async function goToMandate(page) {
  const rows = under(page, 'Paiements et prélèvements').locator('tr', { hasText: 'SEPA' });
  const hrefs = (links) => links.evaluateAll((all) => all.map((one) => one.href));
  for (const customer of await hrefs(rows.getByRole('link'))) {
    await page.goto(customer);
    for (const mandate of await hrefs(page.locator('#mandates a'))) {
      await page.goto(mandate);
      if (await page.getByRole('button', { name: 'Révoquer ce mandat' }).isVisible()) return;
    }
  }
  assert.fail('no mandate is in force');
}

export async function a_mandate_is_revoked_for_a_customer(browser) {
  await atBothWidths(browser, async (page, said) => {
    await signIn(page, said);
    await aDebit(browser, said);
    await page.goto(said.staff);
    await goToMandate(page);
    await reads(page, /^Mandat de prélèvement SEPA/);
    await sound(page, 'staff-mandate');
    await press(page, 'Révoquer ce mandat');
    assert.match(await text(page), /Ce mandat est révoqué/);
    await sound(page, 'staff-mandate-revoked');
  });
}
