// What a debtor can do, as a person would: without JavaScript, on a phone and at a desk.

import assert from 'node:assert/strict';

import { dispute, disputeByLines, payByCard, payByTransfer, promise } from '../deeds.mjs';
import { revokeMandate, signAndDebit } from '../deeds.mjs';
import { demo } from '../demo.mjs';
import { open } from '../lib.mjs';
import { arrive, arriveWhere, follow, inBothTongues, older, ownBankDebits } from '../person.mjs';
import { press, reads, sound, text } from '../person.mjs';
import { say } from '../tongue.mjs';

export async function a_mail_leads_to_the_account(browser) {
  await inBothTongues(browser, async (page, { mailbox }) => {
    const reminder = page.getByRole('link', { name: /^Rappel/ });
    // What was done before may have filled the first pages with other messages.
    for (let next = mailbox; next; next = await older(page)) {
      await page.goto(next);
      if ((await reminder.count()) > 0) break;
    }
    await follow(page, reminder.first());
    const button = page.frameLocator('iframe').getByRole('link', { name: 'Payer ou répondre' });
    // In the same tab: the link itself opens another, which nothing here watches.
    await page.goto(await button.getAttribute('href'));
    await reads(page, say(page, 'Vos factures', 'Your invoices'));
    await sound(page, 'landing');
    const address = page.url();
    await press(page, say(page, 'Voir mon compte', 'See my account'));
    await reads(page, say(page, /^Votre compte chez /, /^Your account with /));
    assert.ok(!page.url().includes(new URL(address).pathname), 'the link stays in the address');
  });
}

export async function the_account_and_an_invoice_are_sound(browser) {
  await inBothTongues(browser, async (page, said) => {
    await arrive(page, said);
    await sound(page, 'account');
    await follow(page, page.getByRole('rowheader').getByRole('link').first());
    await reads(page, say(page, /^Facture /, /^Invoice /));
    await sound(page, 'invoice');
  });
}

const doing = (deed) => (browser) =>
  inBothTongues(browser, async (page, said) => {
    await arrive(page, said);
    await deed(page, sound);
  });

export const a_problem_is_reported = doing(dispute);
export const a_problem_with_lines_is_reported = doing(disputeByLines);
export const a_day_is_promised = doing(promise);
export const a_card_pays = doing(payByCard);
export const a_transfer_is_explained = doing(payByTransfer);

/** A mandate serves again: each time another customer signs one, and takes it back. */
export async function a_mandate_is_signed_a_debit_ordered_and_both_revoked(browser) {
  let next = 0;
  await inBothTongues(browser, async (page, said) => {
    let signed = false;
    while (!signed) {
      next = 1 + (await arriveWhere(page, next, said, ownBankDebits));
      signed = await signAndDebit(page, sound);
    }
    await revokeMandate(page, sound);
  });
}

export async function forged_and_mistyped_links_read_as_expired(browser) {
  const { link, origin } = await demo();
  const altered = link.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
  const seen = [];
  for (const address of [`${origin}/l/${'A'.repeat(33)}`, altered]) {
    const page = await open(browser);
    const response = await page.goto(address);
    assert.equal(response.status(), 404);
    await reads(page, 'Ce lien a expiré');
    seen.push(await text(page));
    await page.context().close();
  }
  assert.equal(seen[0], seen[1]);
}

export async function an_expired_link_can_be_renewed(browser) {
  await inBothTongues(browser, async (page, { origin }) => {
    await page.goto(`${origin}/l/${'B'.repeat(33)}`);
    await sound(page, 'expired');
    await press(page, say(page, 'Recevoir un nouveau lien', 'Send me a new link'));
    await reads(page, say(page, 'Demande reçue', 'Request received'));
    await sound(page, 'renewed');
  });
}
