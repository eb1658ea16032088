// What the staff works with to reach a debtor: scenarios, texts, calls, letters.

import assert from 'node:assert/strict';

import { demo } from '../demo.mjs';
import { atBothWidths, press, signIn, sound, text } from '../person.mjs';

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
