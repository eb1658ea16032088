// Hands that have a keyboard only: everything is reached by Tab, and the focus can be seen there.

import assert from 'node:assert/strict';

import { focusFault } from './geometry.mjs';

/** More stops than any page has. */
const STOPS_MAX = 200;

const handed = new WeakSet();

/** From now on this page is used without a mouse. */
export const takeMouseAway = (page) => handed.add(page);

/** Whether this page is used without a mouse. */
export const keysOnly = (page) => handed.has(page);

const focused = (place) => place.evaluate((element) => element === document.activeElement);

/** Presses Tab until `place` has the focus; every stop on the way must be seen. */
export async function tabTo(page, place) {
  for (let stops = 0; !(await focused(place)); stops += 1) {
    assert.ok(stops < STOPS_MAX, `Tab does not reach ${place}`);
    await page.keyboard.press('Tab');
    const nothing = await page.evaluate(() => document.activeElement === document.body);
    if (nothing) continue;
    const fault = await focusFault(page);
    assert.equal(fault, undefined, fault);
  }
}

/** Ticks a box, or walks a group of radios to this one. */
export async function choose(page, place) {
  if ((await place.getAttribute('type')) === 'checkbox') {
    await tabTo(page, place);
    await page.keyboard.press('Space');
    return;
  }
  const name = await place.getAttribute('name');
  const group = page.locator(`[type=radio][name="${name}"]:not(:disabled)`);
  const chosen = page.locator(`[type=radio][name="${name}"]:checked`);
  const entry = (await chosen.count()) > 0 ? chosen : group.first();
  await tabTo(page, entry);
  if (!(await entry.isChecked())) await page.keyboard.press('Space');
  for (let steps = await group.count(); !(await place.isChecked()); steps -= 1) {
    assert.ok(steps > 0, `the arrows do not reach ${place}`);
    await page.keyboard.press('ArrowDown');
  }
}

/** Types into a field in place of what it holds; into a date, its parts in the browser's order. */
export async function type(page, place, words) {
  await tabTo(page, place);
  if ((await place.getAttribute('type')) === 'date') {
    const [year, month, day] = words.split('-');
    await page.keyboard.type(`${month}${day}${year}`);
    assert.equal(await place.inputValue(), words);
    return;
  }
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(words);
}

/** Chooses files in the window that the field opens. */
export async function attach(page, place, files) {
  await tabTo(page, place);
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.keyboard.press('Space'),
  ]);
  await chooser.setFiles(files);
}
