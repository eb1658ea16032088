// What a debtor does with cards and debits under way: kept, refused, left, given up; and payments
// that credit notes cover. In French or English; `look(page, name)` is called on every page.

import assert from 'node:assert/strict';

import {
  amountOf,
  choosePayment,
  euros,
  lower,
  pay,
  prove,
  signAndDebit,
  typed,
  unseen,
} from './deeds.mjs';
import { choose, chooseOne, follow, press, reads, text, write } from './person.mjs';
import { say } from './tongue.mjs';

/** Is refused on the card page, goes back to paying, and pays. */
export async function payAfterRefusal(page, look = unseen) {
  const number = await choosePayment(page, 'card', '16.00', look);
  await follow(page, page.locator('[name=outcome][value=refuse]'));
  await reads(page, say(page, 'Le paiement n’a pas abouti', 'The payment did not go through'));
  const declined = say(page, /Votre banque a refusé.*Rien n’a été débité/, /declined.*Nothing was/);
  assert.match(await text(page), declined);
  await look(page, 'return-refused');
  await follow(page, page.getByRole('link', { name: say(page, 'Réessayer', 'Try again') }));
  await lower(page, number, 'card', '16.00', look);
  await follow(page, page.locator('[name=outcome][value=approve]'));
  await reads(page, say(page, 'Votre paiement est confirmé', 'Your payment is confirmed'));
  assert.ok((await text(page)).includes(euros(page, '16.00')));
}

/** Leaves the card page, finds the way back to it on the account, leaves again and gives it up. */
export async function leaveCard(page, look = unseen) {
  const link = (fr, en) => follow(page, page.getByRole('link', { name: say(page, fr, en) }));
  const leave = () => link('Revenir sans payer', 'Go back without paying');
  await choosePayment(page, 'card', '17.00', look);
  const card = page.url();
  await leave();
  const unfinished = say(page, /^Vous n’avez pas terminé/, /^You have not finished/);
  await reads(page, unfinished);
  assert.match(await text(page), say(page, /Rien n’a été débité/, /Nothing was taken/));
  await look(page, 'return-left');
  await follow(page, page.getByRole('banner').getByRole('link'));
  const held = say(page, 'Paiement par carte en cours : 17,00 €', 'Card payment under way: €17.00');
  assert.ok((await text(page)).includes(held), await text(page));
  await look(page, 'account-held');
  await link('Reprendre le paiement', 'Resume the payment');
  assert.equal(page.url(), card);
  await leave();
  await press(page, say(page, 'Abandonner ce paiement', 'Give up this payment'));
  await reads(page, say(page, 'Ce paiement est abandonné', 'This payment is given up'));
  await look(page, 'return-abandoned');
  await follow(page, page.getByRole('banner').getByRole('link'));
  assert.ok(!(await text(page)).includes(held));
}

/** Orders a debit and cancels it from the account. */
export async function cancelDebit(page, look = unseen) {
  await signAndDebit(page, look);
  await follow(page, page.getByRole('banner').getByRole('link'));
  await look(page, 'account-debit');
  const see = say(page, 'Voir ou annuler ce prélèvement', 'See or cancel this direct debit');
  await follow(page, page.getByRole('link', { name: see }).last());
  await press(page, say(page, 'Annuler ce prélèvement', 'Cancel this direct debit'));
  await reads(page, say(page, 'Ce prélèvement est annulé', 'This direct debit is cancelled'));
  assert.match(await text(page), say(page, /Rien ne sera débité/, /Nothing will be taken/));
  await look(page, 'debit-cancelled');
}

/** Agrees to a debit by the payment provider, finds it under way, and sees it paid days later. */
export async function debitByProvider(page, look = unseen) {
  await choosePayment(page, 'provider_debit', '18.00', look);
  await reads(page, say(page, 'Autorisez ce prélèvement', 'Authorise this direct debit'));
  assert.match(await text(page), say(page, /huit semaines/, /eight weeks/));
  await look(page, 'provider-debit');
  await press(page, say(page, 'Autoriser et donner mon IBAN', 'Authorise and give my IBAN'));
  const provider = page.url();
  assert.match(provider, /\/sandbox\/card\//);
  await look(page, 'provider-page');
  await follow(page, page.locator('[name=outcome][value=approve]'));
  await reads(page, say(page, 'Votre prélèvement est en cours', 'Your direct debit is under way'));
  assert.match(await text(page), say(page, /Ne payez pas une seconde fois/, /Do not pay a second/));
  await look(page, 'provider-debit-under-way');
  await follow(page, page.getByRole('banner').getByRole('link'));
  const held = say(page, 'Prélèvement en cours : 18,00 €', 'Direct debit under way: €18.00');
  assert.ok((await text(page)).includes(held), await text(page));
  await look(page, 'account-provider-debit');
  await page.goto(provider);
  await look(page, 'provider-page-later');
  await follow(page, page.locator('[name=outcome][value=pays]'));
  await reads(page, say(page, 'Votre paiement est confirmé', 'Your payment is confirmed'));
  assert.ok((await text(page)).includes(euros(page, '18.00')));
}

/** Opens the payment page for one invoice and lowers its amount. */
async function begin(page, amount) {
  const number = await chooseOne(page);
  await press(page, say(page, 'Payer les factures cochées', 'Pay the ticked invoices'));
  await write(page, amountOf(page, number), typed(page, amount));
}

const recount = (page) => press(page, say(page, 'Recalculer le total', 'Update the total'));

const confirmed = (page) =>
  reads(page, say(page, 'Votre paiement est confirmé', 'Your payment is confirmed'));

/** Has a card kept with a payment of 12.00, after a code. */
async function keep(page, look) {
  await begin(page, '12.00');
  await choose(page, page.locator('[name=method][value=card]'));
  const box = page.locator('[name=keep]');
  assert.ok(!(await box.isChecked()), 'a card is kept by itself');
  await choose(page, box);
  await recount(page);
  assert.ok(await box.isChecked());
  const amount = euros(page, '12.00');
  await prove(page, say(page, `Payer ${amount}`, `Pay ${amount}`), () => look(page, 'keep-check'));
  assert.match(page.url(), /\/sandbox\/card\//);
  await follow(page, page.locator('[name=outcome][value=approve]'));
  await confirmed(page);
}

/** Has a card kept with a payment, pays the next by one click, and takes the card back. */
export async function keepCard(page, look = unseen) {
  await keep(page, look);
  await begin(page, '14.00');
  assert.ok(await page.locator('[name=method]').first().isChecked(), 'it is offered first');
  assert.match(await text(page), say(page, /Visa se terminant par 4242/, /Visa ending in 4242/));
  await recount(page);
  await look(page, 'pay-kept');
  await pay(page, '14.00');
  await confirmed(page);
  assert.ok((await text(page)).includes(euros(page, '14.00')));
  const account = say(page, 'Votre compte', 'Your account');
  await follow(page, page.getByRole('link', { name: account, exact: true }));
  const preferences = say(page, /^Préférences/, /^Preferences/);
  await follow(page, page.getByRole('link', { name: preferences }));
  await look(page, 'preferences-cards');
  await press(page, /Visa/);
  assert.doesNotMatch(await text(page), /4242/);
}

/** Pays a large sum with a kept card: the bank wants it confirmed; the debtor comes back first. */
export async function confirmAtBank(page, look = unseen) {
  await keep(page, look);
  await begin(page, '5000.00');
  await recount(page);
  await pay(page, '5000.00');
  const bank = page.url();
  assert.match(bank, /\/sandbox\/card\//);
  const leave = say(page, 'Revenir sans payer', 'Go back without paying');
  await follow(page, page.getByRole('link', { name: leave }));
  const asks = say(page, 'Votre banque vous demande de confirmer', 'Your bank asks you to confirm');
  await reads(page, asks);
  assert.match(await text(page), say(page, /Rien n’est débité/, /Nothing is taken/));
  await look(page, 'return-confirm');
  const confirm = say(page, 'Confirmer auprès de ma banque', 'Confirm with my bank');
  await follow(page, page.getByRole('link', { name: confirm }));
  assert.equal(page.url(), bank);
  await follow(page, page.locator('[name=outcome][value=approve]'));
  await confirmed(page);
  assert.ok((await text(page)).includes(euros(page, '5000.00')));
}

/** Settles a part of an invoice by a credit note: no money is taken. */
export async function setOff(page, look = unseen) {
  await begin(page, '10.00');
  await choose(page, page.locator('[name=c]').first());
  await recount(page);
  const settle = say(page, /^Régler 10,00\s€ avec mes avoirs/, /^Settle €10\.00 with my credit/);
  assert.match(await text(page), say(page, /rien ne sera débité/, /nothing will be taken/));
  await look(page, 'pay-covered');
  await press(page, settle);
  await reads(page, say(page, 'Vos avoirs sont déduits', 'Your credit notes are deducted'));
  const said = await text(page);
  assert.ok(said.includes(euros(page, '10.00')), said);
  await look(page, 'set-off');
}
