// Time asked for, an invoice confirmed before it is due, and who is written to.

import assert from 'node:assert/strict';

import { askForTime } from '../deeds.mjs';
import { arrive, arriveAs, atBothWidths, inBothTongues, reads, sound, text } from '../person.mjs';
import { follow, press, write } from '../person.mjs';
import { say } from '../tongue.mjs';

const asDebtor = (use) => (browser) =>
  inBothTongues(browser, async (page, said) => {
    await arrive(page, said);
    await use(page);
  });

/** A contact is sent three codes an hour at most, so each of the two has a customer of its own. */
export async function time_is_asked_for_with_a_code(browser) {
  let next = 2;
  for (const tongue of ['fr', 'en']) {
    const ask = async (page, said) => {
      next = 1 + (await arriveAs(page, next, said));
      await askForTime(page, sound);
    };
    await atBothWidths(browser, ask, tongue);
  }
}

/** By the link of a notice: its account has an invoice that is not due yet. */
export async function an_invoice_is_confirmed(browser) {
  await inBothTongues(browser, async (page, { mailbox }) => {
    await page.goto(mailbox);
    await follow(page, page.getByRole('link', { name: /^Échéance le/ }).first());
    const button = page.frameLocator('iframe').getByRole('link').first();
    await arrive(page, { link: await button.getAttribute('href') });
    const rows = page.locator('form .bills tbody tr:has([type=checkbox]:not(:checked))');
    await follow(page, rows.last().getByRole('rowheader').getByRole('link'));
    const confirm = say(page, 'Confirmer la facture', 'Confirm the invoice');
    await follow(page, page.getByRole('link', { name: confirm }));
    await reads(page, say(page, /^Avant l’échéance/, /^Before the due date/));
    await sound(page, 'confirm');
    const send = () => press(page, say(page, 'Envoyer mes réponses', 'Send my answers'));
    assert.equal(await send(), 422);
    await sound(page, 'confirm-refused');
    await page.locator('[name=received][value=yes]').check();
    await page.locator('[name=conform][value=yes]').check();
    await send();
    await reads(page, say(page, /^Facture /, /^Invoice /));
  });
}

export const a_colleague_is_given_access = asDebtor(async (page) => {
  await follow(page, page.getByRole('link', { name: say(page, /^Préférences/, /^Preferences/) }));
  await sound(page, 'preferences');
  const name = page.getByLabel(say(page, 'Nom du collègue', 'Colleague’s name'));
  const address = say(page, 'Adresse e-mail du collègue', 'Colleague’s e-mail address');
  const send = () => press(page, say(page, 'Envoyer l’accès', 'Send the access'));
  await write(page, name, 'Service achats');
  await write(page, page.getByLabel(address), 'achats');
  assert.equal(await send(), 422);
  assert.equal(await name.inputValue(), 'Service achats');
  await sound(page, 'preferences-refused');
  await write(page, page.getByLabel(address), 'achats@b0104.example');
  await send();
  assert.match(await text(page), /Service achats/);
  await sound(page, 'preferences-accesses');
});
