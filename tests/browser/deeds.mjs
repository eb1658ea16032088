// What a debtor does on its account. `look(page, name)` is called on every page on the way.

import assert from 'node:assert/strict';

import { chooseOne, follow, press, reads, text } from './person.mjs';

const unseen = async () => {};

/** Disputes part of an invoice, after a first try without a reason. Gives the invoice's number. */
export async function dispute(page, look = unseen) {
  const number = await chooseOne(page);
  const name = `Signaler un problème sur la facture ${number}`;
  await follow(page, page.getByRole('link', { name }));
  await look(page, 'dispute');
  await page.getByLabel('Expliquez en quelques mots').fill('Deux cartons manquaient.');
  assert.equal(await press(page, 'Continuer'), 422);
  assert.match(await text(page), /Indiquez ce qui bloque/);
  assert.equal(await page.locator('textarea').inputValue(), 'Deux cartons manquaient.');
  await look(page, 'dispute-refused');
  await page.locator('[name=reason]').first().check();
  await page.getByLabel('Une partie seulement').check();
  await page.getByLabel('Montant concerné').fill('12,50');
  assert.equal(await press(page, 'Continuer'), 200);
  await reads(page, 'Vérifiez votre signalement');
  await look(page, 'dispute-check');
  await press(page, 'Envoyer le signalement');
  await reads(page, 'Votre signalement est enregistré');
  assert.match(await text(page), /Relances suspendues.* 12,50 €/);
  await look(page, 'dispute-receipt');
  await followUp(page, look);
  return number;
}

/** Adds words and a photo to the report, after a first try with nothing, and nearly withdraws it. */
async function followUp(page, look) {
  await follow(page, page.getByRole('link', { name: 'Suivre votre signalement' }));
  await reads(page, /^Votre signalement/);
  await look(page, 'report');
  assert.equal(await press(page, 'Envoyer'), 422);
  await look(page, 'report-refused');
  await page.getByLabel('Ajouter quelque chose').fill('Voici le bon annoté.');
  await page.getByLabel('Joindre des photos ou des documents').setInputFiles({
    name: 'bon.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from('%PDF-1.4\n%%EOF\n'),
  });
  assert.equal(await press(page, 'Envoyer'), 200);
  assert.match(await text(page), /Voici le bon annoté\..*bon\.pdf/s);
  await press(page, 'Retirer le signalement');
  await reads(page, /^Retirer votre signalement/);
  await look(page, 'report-withdraw');
  await press(page, 'Le garder');
  await reads(page, /^Votre signalement/);
}

/** Promises part of an invoice, after a first try with a day beyond the limits. */
export async function promise(page, look = unseen) {
  const number = await chooseOne(page);
  await press(page, 'Dire quand je les paierai');
  await look(page, 'promise');
  await page.getByLabel(`Facture ${number}`).fill('15,00');
  const day = page.getByLabel('Je paierai le');
  await day.fill('2099-01-01');
  assert.equal(await press(page, 'Continuer'), 422);
  const limits = /Indiquez une date entre le \d\d\/\d\d\/\d{4} et le \d\d\/\d\d\/\d{4}/;
  assert.match(await text(page), limits);
  assert.equal(await day.inputValue(), '2099-01-01');
  assert.equal(await page.getByLabel(`Facture ${number}`).inputValue(), '15,00');
  await look(page, 'promise-refused');
  await day.fill(await day.getAttribute('max'));
  assert.equal(await press(page, 'Continuer'), 200);
  await reads(page, 'Vérifiez votre engagement');
  await look(page, 'promise-check');
  await press(page, 'Confirmer cette date');
  await reads(page, 'Votre date de paiement est notée');
  assert.match(await text(page), /votre paiement de 15,00 €/);
  await look(page, 'promise-receipt');
  return number;
}

/** Opens the payment page for one invoice with the amount lowered. */
async function choosePayment(page, method, amount, look) {
  const number = await chooseOne(page);
  await press(page, 'Payer les factures cochées');
  await look(page, 'pay');
  await page.getByLabel(`Facture ${number}`).fill(amount);
  await page.getByLabel(method).check();
  // The button still names the old total: nothing may be paid before the new one was seen.
  await press(page, /^Payer /);
  assert.match(await text(page), /Le total a changé/);
  await look(page, 'pay-recounted');
  await press(page, new RegExp(`^Payer\\s${amount}`));
  return number;
}

/** Pays part of an invoice with the demonstration's card. */
export async function payByCard(page, look = unseen) {
  const number = await choosePayment(page, 'Carte bancaire', '10,00', look);
  assert.match(page.url(), /\/sandbox\/card\//);
  assert.match(await text(page), /démonstration.*10,00 €/i);
  await look(page, 'card');
  await follow(page, page.locator('[name=outcome][value=approve]'));
  await reads(page, 'Votre paiement est confirmé');
  assert.match(await text(page), /10,00 €/);
  await look(page, 'card-return');
  return number;
}

/** Asks for a transfer's particulars. */
export async function payByTransfer(page, look = unseen) {
  await choosePayment(page, 'Virement', '11,00', look);
  await reads(page, 'Payer par virement');
  const said = await text(page);
  assert.match(said, /11,00 €/);
  assert.match(said, /IBAN FR\d\d( \w{4}){5} \w{3}/);
  assert.match(said, /Référence RF\d\d/);
  assert.ok((await page.locator('.qr svg').boundingBox()).width >= 150);
  await look(page, 'transfer');
}

/** Orders a debit; signs a mandate first where the account has none. */
export async function signAndDebit(page, look = unseen) {
  await choosePayment(page, 'Prélèvement SEPA', '13,00', look);
  if (await page.getByRole('heading', { name: 'Mandat de prélèvement SEPA' }).isVisible()) {
    await sign(page, look);
    await follow(page, page.getByRole('link', { name: 'Continuer le paiement' }));
    await press(page, /^Payer\s13,00/);
  }
  await reads(page, 'Vérifiez votre prélèvement');
  await look(page, 'debit-check');
  await press(page, 'Ordonner ce prélèvement');
  await reads(page, 'Votre prélèvement est prévu');
  assert.match(await text(page), /13,00 € seront prélevés le/);
  await look(page, 'debit-receipt');
}

/** Runs `use` on a page of its own that shows the demonstration's mailbox. */
async function inMailbox(page, use) {
  const box = await page.context().newPage();
  try {
    await box.goto(new URL('/staff/mailbox', page.url()).href);
    return await use(box, box.getByRole('link', { name: /^Votre code/ }));
  } finally {
    await box.close();
  }
}

/** How many codes the mailbox holds. */
const codes = (page) => inMailbox(page, (_, mails) => mails.count());

/** The code that came after there were so many: messages leave every few seconds. */
async function newCode(page, before) {
  return inMailbox(page, async (box, mails) => {
    for (let tries = 0; (await mails.count()) <= before; tries += 1) {
      assert.ok(tries < 40, 'no code came');
      await box.waitForTimeout(500);
      await box.reload();
    }
    await follow(box, mails.first());
    const [, digits] = /Votre code : (\d{6})/.exec(await text(box));
    return digits;
  });
}

/** Presses a button that asks for a code before anything counts, and types the code that comes. */
async function prove(page, button, seen) {
  const before = await codes(page);
  await press(page, button);
  assert.match(await text(page), /Un code a été envoyé à \S+•••@/);
  await seen();
  await page.getByLabel('Code à 6 chiffres').fill(await newCode(page, before));
  await press(page, button);
}

/** Asks for three instalments, proves who asks, and nearly takes the request back. */
export async function askForTime(page, look = unseen) {
  await chooseOne(page);
  await press(page, /^Demander un délai/);
  await reads(page, 'Demander un délai');
  await look(page, 'plan');
  await press(page, 'Continuer');
  await reads(page, 'Vérifiez votre demande');
  await look(page, 'plan-check');
  await prove(page, 'Envoyer la demande', () => look(page, 'plan-code'));
  await reads(page, /^Votre (demande|échéancier)/);
  await look(page, 'plan-receipt');
  if (await page.getByRole('button', { name: 'Retirer ma demande' }).isVisible()) {
    await press(page, 'Retirer ma demande');
    await reads(page, /^Retirer votre demande/);
    await look(page, 'plan-withdraw');
    await follow(page, page.getByRole('link', { name: 'Ne rien changer' }));
    await reads(page, /^Votre demande/);
  }
}

/** Signs a mandate for several debits, after a first try with a mistyped IBAN. */
async function sign(page, look) {
  await look(page, 'mandate');
  const iban = page.getByLabel('IBAN', { exact: true });
  await iban.fill('FR76 3000 6000 0112 3456 7890 198');
  await page.getByLabel('Plusieurs prélèvements').check();
  await page.getByLabel('Votre nom, en tant que signataire').fill('Comptabilité fournisseurs');
  await page.getByLabel('Lieu de signature').fill('Nantes');
  await page.getByLabel('Je signe ce mandat').check();
  assert.equal(await press(page, 'Continuer'), 422);
  assert.match(await page.locator('#iban-wrong').innerText(), /L’IBAN contient une erreur/);
  assert.equal(await iban.getAttribute('aria-invalid'), 'true');
  await look(page, 'mandate-refused');
  await iban.fill('FR76 3000 6000 0112 3456 7890 189');
  assert.equal(await press(page, 'Continuer'), 200);
  await reads(page, 'Vérifiez le mandat avant de le signer');
  await look(page, 'mandate-check');
  await prove(page, 'Signer le mandat', () => look(page, 'mandate-code'));
  await reads(page, 'Votre mandat est signé');
  await look(page, 'mandate-receipt');
}
