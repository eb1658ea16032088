// What the staff works with to reach a debtor: scenarios, texts, calls, letters.

import assert from 'node:assert/strict';

import { demo } from '../demo.mjs';
import { tabTo, takeMouseAway } from '../keys.mjs';
import { atBothWidths, choose, follow, press, reads, signIn, sound, text } from '../person.mjs';

/** Follows the first link in the page whose address ends so, if there is one. */
async function into(page, ending) {
  const links = await page.locator('main a').evaluateAll((all) => all.map((one) => one.href));
  const found = links.find((href) => ending.test(href));
  if (found) await page.goto(found);
  return Boolean(found);
}

async function visit(browser, visits) {
  await atBothWidths(browser, async (page, said) => {
    await signIn(page, said);
    const { staff } = await demo();
    for (const [name, address, ending] of visits) {
      await page.goto(`${staff}/boreal/${address}`);
      if (ending) assert.ok(await into(page, ending), `${address} leads nowhere`);
      await sound(page, name);
    }
  });
}

export async function scenarios_and_what_they_do_are_seen(browser) {
  await visit(browser, [
    ['reminders', 'reminders'],
    ['dry-run', 'dry-run'],
    ['approvals', 'approvals'],
    ['account-reminders', 'debtors', /\/debtors\/deb_[^/]+$/],
  ]);
}

export async function own_texts_are_written_and_looked_at(browser) {
  await visit(browser, [
    ['texts', 'texts'],
    ['text', 'texts', /\/texts\/[^/]+$/],
    ['text-by-sms', 'texts', /\/texts\/promise_soon\.fr\.sms$/],
  ]);
}

export async function calls_and_letters_are_lists_with_pages(browser) {
  await visit(browser, [
    ['calls', 'calls'],
    ['call-report', 'calls', /\/calls\/report$/],
    ['letters', 'letters'],
  ]);
}

export async function a_call_without_a_step_is_noted(browser) {
  await atBothWidths(browser, async (page, said) => {
    await signIn(page, said);
    const { staff } = await demo();
    await page.goto(`${staff}/boreal/debtors`);
    assert.ok(await into(page, /\/debtors\/deb_[^/]+$/));
    const customer = page.url();
    assert.ok(await into(page, /\/debtors\/deb_[^/]+\/call$/));
    await sound(page, 'call');
    await page.getByLabel(/^Pas de réponse/).check();
    assert.ok((await press(page, 'Enregistrer l’appel')) < 400);
    await page.goto(customer);
    assert.match(await text(page), /Pas de réponse/);
  });
}

/** What a browser says of an element that comes after another. */
const FOLLOWING = 4;

/** The first call on the list. */
async function aCall(page, said) {
  await signIn(page, said);
  const { staff } = await demo();
  await page.goto(`${staff}/boreal/calls`);
  assert.ok(await into(page, /\/calls\/msg_[^/]+$/), 'nobody is to be called');
}

/** What the form of a call asks for, besides what it always does. */
const asked = async (page) => {
  const fields = [/^Jour promis/, /^Montant/, 'Motif du litige'];
  const seen = await Promise.all(fields.map((name) => page.getByLabel(name).isVisible()));
  return seen.map((one) => (one ? '1' : '0')).join('');
};

export async function what_waits_is_on_the_days_page_with_its_way(browser) {
  await atBothWidths(browser, async (page, said) => {
    await signIn(page, said);
    for (const [words, title, lines, name] of [
      [/ à valider$/, /^Messages à valider/, 'section.open', 'approvals-waiting'],
      [/ à passer$/, /^Appels/, 'main tbody tr', 'calls-waiting'],
      [/ à imprimer$/, /^Lettres/, 'form tbody tr', 'letters-waiting'],
    ]) {
      await page.goto(said.staff);
      const line = page.getByRole('link', { name: words }).first();
      const count = Number.parseInt(await line.innerText(), 10);
      await follow(page, line);
      await reads(page, title);
      assert.equal(await page.locator(lines).count(), count, name);
      await sound(page, name);
    }
  });
}

export async function a_call_asks_for_what_its_outcome_needs(browser) {
  await atBothWidths(browser, async (page, said) => {
    await aCall(page, said);
    assert.equal(await asked(page), '000');
    for (const [outcome, fields] of [
      [/^Promesse de paiement/, '110'],
      [/^Litige/, '001'],
      [/^Délai demandé/, '110'],
      [/^Refus de payer/, '000'],
    ]) {
      await page.getByLabel(outcome).check();
      assert.equal(await asked(page), fields, `${outcome}`);
      await sound(page, `call-${fields}`);
    }
    await page.getByLabel(/^Promesse de paiement/).check();
    assert.equal(await press(page, 'Enregistrer l’appel'), 422);
    assert.equal(await asked(page), '110');
    await sound(page, 'call-refused');
    await page.route(/\.css$/, (route) => route.abort());
    await page.reload();
    assert.equal(await asked(page), '111', 'without its style the form has all fields');
  });
}

export async function a_calls_form_is_filled_by_keys_in_its_order(browser) {
  await atBothWidths(browser, async (page, said) => {
    await aCall(page, said);
    takeMouseAway(page);
    await choose(page, page.getByLabel(/^Litige/));
    const order = [/^Interlocuteur/, 'Motif du litige', 'Note de l’appel', /^Rappeler le/, /^Heure/];
    let before = page.getByLabel(/^Litige/);
    for (const name of order) {
      const field = page.getByLabel(name);
      await tabTo(page, field);
      const other = await field.elementHandle();
      const place = await before.evaluate((one, other) => one.compareDocumentPosition(other), other);
      assert.equal(place, FOLLOWING, `${name} comes later`);
      before = field;
    }
    assert.equal(await asked(page), '001');
  });
}
