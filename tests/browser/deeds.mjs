// What a debtor does on its account, in French or English, with a mouse or with keys only.
// `look(page, name)` is called on every page on the way.

import assert from 'node:assert/strict';

import { attach, choose, chooseOne, follow, press, reads, text, write } from './person.mjs';
import { say } from './tongue.mjs';

export const unseen = async () => {};

/** Presses *Continue*; gives the status of the page it led to. */
const goOn = (page) => press(page, say(page, 'Continuer', 'Continue'));

/** « 1 012,50 € » or “€1,012.50”. */
export function euros(page, amount) {
  const [whole, cents] = amount.split('.');
  const grouped = (mark) => whole.replace(/\B(?=(\d{3})+$)/g, mark);
  return say(page, `${grouped(' ')},${cents} €`, `€${grouped(',')}.${cents}`);
}

/** The amount as its reader types it. */
export const typed = (page, amount) => say(page, amount.replace('.', ','), amount);

export const amountOf = (page, number) =>
  page.getByRole('textbox', { name: say(page, `Facture ${number}`, `Invoice ${number}`) });

/** Disputes part of an invoice, after a first try without a reason. Gives the invoice's number. */
export async function dispute(page, look = unseen) {
  const number = await chooseOne(page);
  const name = say(page, 'Signaler un problème sur la facture', 'Report a problem with invoice');
  await follow(page, page.getByRole('link', { name: `${name} ${number}` }));
  await look(page, 'dispute');
  const words = say(page, 'Deux cartons manquaient.', 'Two boxes were missing.');
  const why = say(page, 'Expliquez en quelques mots', 'Explain in a few words');
  await write(page, page.getByLabel(why), words);
  assert.equal(await goOn(page), 422);
  assert.match(await text(page), say(page, /Indiquez ce qui bloque/, /Say what is blocking/));
  assert.equal(await page.locator('textarea').inputValue(), words);
  await look(page, 'dispute-refused');
  await choose(page, page.locator('[name=reason]').first());
  await choose(page, page.getByLabel(say(page, 'Une partie seulement', 'Part of it only')));
  await write(page, page.locator('#amount'), typed(page, '12.50'));
  assert.equal(await goOn(page), 200);
  await reads(page, say(page, 'Vérifiez votre signalement', 'Check your report'));
  await look(page, 'dispute-check');
  await press(page, say(page, 'Envoyer le signalement', 'Send the report'));
  await reads(page, say(page, 'Votre signalement est enregistré', 'Your report is registered'));
  assert.match(await text(page), say(page, /Relances suspendues.* 12,50 €/, /paused.* €12\.50/));
  await look(page, 'dispute-receipt');
  await followUp(page, look);
  return number;
}

/** Disputes by its lines, after a first try with a line that says no amount. Gives the number. */
export async function disputeByLines(page, look = unseen) {
  const number = await chooseOne(page);
  const name = say(page, 'Signaler un problème sur la facture', 'Report a problem with invoice');
  await follow(page, page.getByRole('link', { name: `${name} ${number}` }));
  await choose(page, page.locator('[name=reason][value=price]'));
  await choose(page, page.locator('[name=scope][value=lines]'));
  await write(page, page.locator('#line_label-1'), '2 – Palettes');
  assert.equal(await goOn(page), 422);
  await look(page, 'dispute-lines-refused');
  await write(page, page.locator('#line_amount-1'), typed(page, '8.00'));
  await page.locator('#line_fault-1').selectOption('price');
  await press(page, say(page, 'Ajouter une ligne', 'Add a line'));
  await write(page, page.locator('#line_label-2'), '3 – Film');
  await write(page, page.locator('#line_amount-2'), typed(page, '4.50'));
  await look(page, 'dispute-lines');
  assert.equal(await goOn(page), 200);
  await reads(page, say(page, 'Vérifiez votre signalement', 'Check your report'));
  const check = await text(page);
  assert.ok(check.includes(euros(page, '12.50')) && check.includes('3 – Film'), check);
  await look(page, 'dispute-lines-check');
  await press(page, say(page, 'Envoyer le signalement', 'Send the report'));
  await reads(page, say(page, 'Votre signalement est enregistré', 'Your report is registered'));
  return number;
}

/** Revokes the mandate that was signed last, and reads what is to be paid another way. */
export async function revokeMandate(page, look = unseen) {
  const account = say(page, 'Votre compte', 'Your account');
  await follow(page, page.getByRole('link', { name: account, exact: true }));
  const mandates = say(page, 'Mandats de prélèvement', 'Direct debit mandates');
  await follow(page, page.getByRole('link', { name: mandates }));
  await follow(page, page.locator('#mandates + ul').getByRole('link').first());
  await reads(page, say(page, 'Mandat de prélèvement SEPA', 'SEPA direct debit mandate'));
  await look(page, 'mandate-active');
  const revoke = say(page, 'Révoquer ce mandat', 'Revoke this mandate');
  await press(page, revoke);
  await reads(page, say(page, /^Révoquer ce mandat/, /^Revoke this mandate/));
  assert.ok((await text(page)).includes(euros(page, '13.00')));
  await look(page, 'mandate-revoke');
  await press(page, revoke);
  assert.match(await text(page), say(page, /Ce mandat est révoqué/, /This mandate is revoked/));
  assert.match(await text(page), say(page, /À régler autrement/, /To be paid another way/));
  await look(page, 'mandate-revoked');
}

/** Adds words and a file to a report, after a first try with nothing; nearly withdraws it. */
async function followUp(page, look) {
  const report = say(page, 'Suivre votre signalement', 'Follow your report');
  await follow(page, page.getByRole('link', { name: report }));
  await reads(page, say(page, /^Votre signalement/, /^Your report/));
  await look(page, 'report');
  const send = () => press(page, say(page, 'Envoyer', 'Send'));
  assert.equal(await send(), 422);
  await look(page, 'report-refused');
  const words = say(page, 'Voici le bon annoté.', 'Here is the note with remarks.');
  await write(page, page.getByLabel(say(page, 'Ajouter quelque chose', 'Add something')), words);
  await attach(page, page.locator('[type=file]'), {
    name: 'bon.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from('%PDF-1.4\n%%EOF\n'),
  });
  assert.equal(await send(), 200);
  const said = await text(page);
  assert.ok(said.includes(words) && said.includes('bon.pdf'), said);
  await press(page, say(page, 'Retirer le signalement', 'Withdraw the report'));
  await reads(page, say(page, /^Retirer votre signalement/, /^Withdraw your report/));
  await look(page, 'report-withdraw');
  await press(page, say(page, 'Le garder', 'Keep it'));
  await reads(page, say(page, /^Votre signalement/, /^Your report/));
}

/** Promises part of an invoice, after a first try with a day beyond the limits. */
export async function promise(page, look = unseen) {
  const number = await chooseOne(page);
  await press(page, say(page, 'Dire quand je les paierai', 'Say when I will pay them'));
  await look(page, 'promise');
  await write(page, amountOf(page, number), typed(page, '15.00'));
  const day = page.getByLabel(say(page, 'Je paierai le', 'I will pay on'));
  const last = await day.getAttribute('max');
  await write(page, day, '2099-01-01');
  assert.equal(await goOn(page), 422);
  const limits = say(page, /Indiquez une date entre le /, /Enter a date between /);
  assert.match(await text(page), limits);
  assert.equal(await day.inputValue(), '2099-01-01');
  assert.equal(await amountOf(page, number).inputValue(), typed(page, '15.00'));
  await look(page, 'promise-refused');
  await write(page, day, last);
  assert.equal(await goOn(page), 200);
  await reads(page, say(page, 'Vérifiez votre engagement', 'Check your promise'));
  await look(page, 'promise-check');
  await press(page, say(page, 'Confirmer cette date', 'Confirm this date'));
  await reads(page, say(page, 'Votre date de paiement est notée', 'Your payment date is noted'));
  assert.ok((await text(page)).includes(euros(page, '15.00')));
  await look(page, 'promise-receipt');
  return number;
}

/** Asks for three instalments, after a first try that does not add up; nearly takes it back. */
export async function askForTime(page, look = unseen) {
  await chooseOne(page);
  await press(page, say(page, /^Demander un délai/, /^Ask for more time/));
  await reads(page, say(page, 'Demander un délai', 'Ask for more time'));
  await look(page, 'plan');
  const recount = () => press(page, say(page, 'Recalculer l’échéancier', 'Update the plan'));
  await choose(page, page.locator('[name=count][value="2"]'));
  await recount();
  await choose(page, page.locator('[name=count][value="3"]'));
  await recount();
  assert.equal(await page.locator('[name^=d_]').count(), 3);
  const amount = page.locator('[name=p_2]');
  const right = await amount.inputValue();
  await write(page, amount, typed(page, '1.00'));
  assert.equal(await goOn(page), 422);
  await look(page, 'plan-refused');
  await write(page, amount, right);
  assert.equal(await goOn(page), 200);
  await reads(page, say(page, 'Vérifiez votre demande', 'Check your request'));
  await look(page, 'plan-check');
  const send = say(page, 'Envoyer la demande', 'Send the request');
  await prove(page, send, () => look(page, 'plan-code'));
  const plan = say(page, /^Votre (demande|échéancier)/, /^Your (request|payment plan)/);
  await reads(page, plan);
  await look(page, 'plan-receipt');
  await press(page, say(page, 'Retirer ma demande', 'Withdraw my request'));
  await reads(page, say(page, /^Retirer votre demande/, /^Withdraw your request/));
  await look(page, 'plan-withdraw');
  await follow(page, page.getByRole('link', { name: say(page, 'Ne rien changer', 'Leave it as it is') }));
  await reads(page, plan);
}

/** Opens the payment page for one invoice with the amount lowered. */
export async function choosePayment(page, method, amount, look) {
  const number = await chooseOne(page);
  await press(page, say(page, 'Payer les factures cochées', 'Pay the ticked invoices'));
  await look(page, 'pay');
  await lower(page, number, method, amount, look);
  return number;
}

/** On the payment page: another amount, the method, and the button that names the new sum. */
export async function lower(page, number, method, amount, look) {
  await write(page, amountOf(page, number), typed(page, amount));
  await choose(page, page.locator(`[name=method][value=${method}]`));
  // The button still names the old total: nothing may be paid before the new one was seen.
  await press(page, say(page, /^Payer\s/, /^Pay\s/));
  assert.match(await text(page), say(page, /Le total a changé/, /The total has changed/));
  await look(page, 'pay-recounted');
  await pay(page, amount);
}

export const pay = (page, amount) =>
  press(page, say(page, `Payer ${euros(page, amount)}`, `Pay ${euros(page, amount)}`));

/** Pays part of an invoice with the demonstration's card. */
export async function payByCard(page, look = unseen) {
  const number = await choosePayment(page, 'card', '10.00', look);
  assert.match(page.url(), /\/sandbox\/card\//);
  const said = await text(page);
  assert.match(said, say(page, /démonstration/i, /demonstration/i));
  assert.ok(said.includes(euros(page, '10.00')), said);
  await look(page, 'card');
  await follow(page, page.locator('[name=outcome][value=approve]'));
  await reads(page, say(page, 'Votre paiement est confirmé', 'Your payment is confirmed'));
  assert.ok((await text(page)).includes(euros(page, '10.00')));
  await look(page, 'card-return');
  return number;
}

/** Asks for a transfer's particulars. */
export async function payByTransfer(page, look = unseen) {
  await choosePayment(page, 'transfer', '11.00', look);
  await reads(page, say(page, 'Payer par virement', 'Pay by bank transfer'));
  const said = await text(page);
  assert.ok(said.includes(euros(page, '11.00')), said);
  assert.match(said, /IBAN FR\d\d( \w{4}){5} \w{3}/);
  assert.match(said, /R[ée]f[ée]rence RF\d\d/);
  assert.ok((await page.locator('.qr svg').boundingBox()).width >= 150);
  await look(page, 'transfer');
}

/** Orders a debit; signs a mandate first where the account has none. Tells whether it did. */
export async function signAndDebit(page, look = unseen) {
  await choosePayment(page, 'debit', '13.00', look);
  const mandate = say(page, 'Mandat de prélèvement SEPA', 'SEPA direct debit mandate');
  const unsigned = await page.getByRole('heading', { name: mandate }).isVisible();
  if (unsigned) {
    await sign(page, look);
    const goOn = say(page, 'Continuer vers le prélèvement', 'Continue to the debit');
    await follow(page, page.getByRole('link', { name: goOn }));
    await pay(page, '13.00');
  }
  await reads(page, say(page, 'Vérifiez votre prélèvement', 'Check your direct debit'));
  await look(page, 'debit-check');
  await press(page, say(page, 'Ordonner ce prélèvement', 'Order this direct debit'));
  await reads(page, say(page, 'Votre prélèvement est prévu', 'Your direct debit is planned'));
  const planned = say(page, / seront prélevés le/, / will be debited on/);
  assert.match(await text(page), planned);
  await look(page, 'debit-receipt');
  return unsigned;
}

/** Runs `use` on a page of its own that shows the demonstration's mailbox. */
async function inMailbox(page, use) {
  const box = await page.context().newPage();
  try {
    await box.goto(new URL('/staff/mailbox', page.url()).href);
    return await use(box, box.getByRole('link', { name: /^(Votre code|Your code)/ }));
  } finally {
    await box.close();
  }
}

/** The address of the latest message with a code, if there is one on the first page. */
const latest = async (mails) =>
  (await mails.count()) > 0 ? mails.first().getAttribute('href') : undefined;

/** The code that came after that message: messages leave every few seconds. */
async function newCode(page, before) {
  return inMailbox(page, async (box, mails) => {
    const came = async () => ![before, undefined].includes(await latest(mails));
    for (let tries = 0; !(await came()); tries += 1) {
      assert.ok(tries < 40, 'no code came');
      await box.waitForTimeout(500);
      await box.reload();
    }
    await follow(box, mails.first());
    const [, digits] = /(?:Votre code|Your code) ?: (\d{6})/.exec(await text(box));
    return digits;
  });
}

/** Presses a button that asks for a code before anything counts, and types the code that comes. */
export async function prove(page, button, seen) {
  const before = await inMailbox(page, (_, mails) => latest(mails));
  await press(page, button);
  const sent = say(page, /Un code a été envoyé à \S+•••@/, /A code was sent to \S+•••@/);
  assert.match(await text(page), sent);
  await seen();
  const code = page.getByLabel(say(page, 'Code à 6 chiffres', '6-digit code'));
  await write(page, code, await newCode(page, before));
  await press(page, button);
}

/** Signs a mandate for several debits, after a first try with a mistyped IBAN. */
async function sign(page, look) {
  await look(page, 'mandate');
  const iban = page.locator('#iban');
  await write(page, page.locator('#iban'), 'FR14 2004 1010 0505 0001 3M02 660');
  await choose(page, page.getByLabel(say(page, 'Plusieurs prélèvements', 'Several debits')));
  const name = say(page, 'Votre nom, en tant que signataire', 'Your name, as signatory');
  await write(page, page.getByLabel(name), say(page, 'Comptabilité fournisseurs', 'Accounts'));
  const place = say(page, 'Lieu de signature', 'Place of signature');
  await write(page, page.getByLabel(place), 'Nantes');
  await choose(page, page.getByLabel(say(page, 'Je signe ce mandat', 'I sign this mandate')));
  assert.equal(await goOn(page), 422);
  const mistake = say(page, /L’IBAN contient une erreur/, /The IBAN has a mistake/);
  assert.match(await page.locator('#iban-wrong').innerText(), mistake);
  assert.equal(await iban.getAttribute('aria-invalid'), 'true');
  await look(page, 'mandate-refused');
  await write(page, iban, 'FR33 3000 2005 5000 0015 7841 Z25');
  assert.equal(await goOn(page), 200);
  const check = say(page, /^Vérifiez le mandat/, /^Check the mandate/);
  await reads(page, check);
  await look(page, 'mandate-check');
  const sign = say(page, 'Signer le mandat', 'Sign the mandate');
  await prove(page, sign, () => look(page, 'mandate-code'));
  await reads(page, say(page, 'Votre mandat est signé', 'Your mandate is signed'));
  await look(page, 'mandate-receipt');
}
