// Time asked for, an invoice confirmed before it is due, and who is written to.

import assert from 'node:assert/strict';

import { askForTime } from '../deeds.mjs';
import { arrive, atBothWidths, chooseOne, follow, press, reads, sound, text } from '../person.mjs';

const asDebtor = (use) => (browser) =>
  atBothWidths(browser, async (page, said) => {
    await arrive(page, said);
    await use(page);
  });

/** Three instalments, after a first try without a day. */
export const time_is_asked_for = asDebtor(async (page) => {
  await chooseOne(page);
  await press(page, /^Demander un délai/);
  await reads(page, 'Demander un délai');
  await sound(page, 'plan');
  await page.getByLabel('3 fois').check();
  await press(page, 'Recalculer l’échéancier');
  assert.equal(await page.locator('[name^=d_]').count(), 3);
  await page.locator('[name=d_2]').fill('');
  assert.equal(await press(page, 'Continuer'), 422);
  await sound(page, 'plan-refused');
  await page.locator('[name=d_2]').fill(await page.locator('[name=d_2]').getAttribute('max'));
  await page.locator('[name=d_3]').fill(await page.locator('[name=d_3]').getAttribute('max'));
  await press(page, 'Recalculer l’échéancier');
});

/** A code comes to the contact at each width: the mandate's is the third and last of the hour. */
export const a_delay_is_requested_with_a_code = asDebtor((page) => askForTime(page, sound));

/** By the link of a notice: its account has an invoice that is not due yet. */
export async function an_invoice_is_confirmed(browser) {
  await atBothWidths(browser, async (page, { mailbox }) => {
    await page.goto(mailbox);
    await follow(page, page.getByRole('link', { name: /^Échéance le/ }).first());
    const button = page.frameLocator('iframe').getByRole('link').first();
    await page.goto(await button.getAttribute('href'));
    await press(page, 'Voir mon compte');
    const rows = page.locator('tbody tr:has([type=checkbox]:not(:checked))');
    await follow(page, rows.last().getByRole('rowheader').getByRole('link'));
    await follow(page, page.getByRole('link', { name: 'Confirmer la facture' }));
    await reads(page, /^Avant l’échéance/);
    await sound(page, 'confirm');
    assert.equal(await press(page, 'Envoyer mes réponses'), 422);
    await sound(page, 'confirm-refused');
    await page.locator('[name=received][value=yes]').check();
    await page.locator('[name=conform][value=yes]').check();
    await press(page, 'Envoyer mes réponses');
    await reads(page, /^Facture /);
  });
}

export const a_colleague_is_given_access = asDebtor(async (page) => {
  await follow(page, page.getByRole('link', { name: /^Préférences/ }));
  await sound(page, 'preferences');
  await page.getByLabel('Nom du collègue').fill('Service achats');
  await page.getByLabel('Adresse e-mail du collègue').fill('achats');
  assert.equal(await press(page, 'Envoyer l’accès'), 422);
  assert.equal(await page.getByLabel('Nom du collègue').inputValue(), 'Service achats');
  await sound(page, 'preferences-refused');
  await page.getByLabel('Adresse e-mail du collègue').fill('achats@b0104.example');
  await press(page, 'Envoyer l’accès');
  assert.match(await text(page), /Service achats/);
  await sound(page, 'preferences-accesses');
});
