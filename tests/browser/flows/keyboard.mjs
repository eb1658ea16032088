// Whole flows without a mouse: Tab, Enter, Space and arrows only, the focus seen at every stop.

import assert from 'node:assert/strict';

import * as deeds from '../deeds.mjs';
import { demo } from '../demo.mjs';
import { open } from '../lib.mjs';
import { takeMouseAway, tabTo } from '../keys.mjs';
import { arriveAs, arriveWhere, follow, ownBankDebits, press } from '../person.mjs';

/** Not those whose mandates the mouse signs. */
const FIRST = 10;

const withoutMouse = (use) => async (browser) => {
  const page = await open(browser, { width: 390 });
  takeMouseAway(page);
  try {
    await use(page, await demo());
  } finally {
    await page.context().close();
  }
};

const doing = (deed) =>
  withoutMouse(async (page, said) => {
    await arriveAs(page, FIRST, said);
    await deed(page);
  });

export const a_day_is_promised = doing(deeds.promise);
export const a_problem_is_reported = doing(deeds.dispute);
export const a_card_pays = doing(deeds.payByCard);
export const a_transfer_is_explained = doing(deeds.payByTransfer);
export const time_is_asked_for = doing(deeds.askForTime);

export const a_mandate_is_signed_with_a_code = withoutMouse(async (page, said) => {
  let next = FIRST;
  do next = 1 + (await arriveWhere(page, next, said, ownBankDebits));
  while (!(await deeds.signAndDebit(page)));
});

/** The first stop skips the header; the summary of errors leads to the field. */
export const the_short_ways_work = withoutMouse(async (page, said) => {
  await arriveAs(page, FIRST, said);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const here = () => page.evaluate(() => document.activeElement.id);
  assert.equal(await here(), 'main');
  await follow(page, page.getByRole('link', { name: 'Signaler un problème sur' }).first());
  assert.equal(await press(page, 'Continuer'), 422);
  const role = () => page.evaluate(() => document.activeElement.role);
  assert.equal(await role(), 'alert');
  await tabTo(page, page.locator('.banner a').first());
  await page.keyboard.press('Enter');
  assert.equal(await here(), 'reason');
});
