// A card that the provider keeps: agreed to with a code, used by one click, confirmed at the bank,
// taken back. Payments that are refused, left or given up, and those that credit notes cover.

import * as deeds from '../card_deeds.mjs';
import { arriveWhere, inBothTongues, ownBankDebits, owes, sound } from '../person.mjs';

/** More than the pretended bank lets pass unconfirmed, and the payment before it. */
const LARGE = 520_000;

const anybody = async () => true;

/** Each time another customer does it: a contact gets few codes an hour. */
async function eachTimeAnother(browser, deed, fits = anybody, from = 0) {
  let next = from;
  await inBothTongues(browser, async (page, said) => {
    next = 1 + (await arriveWhere(page, next, said, fits));
    await deed(page, sound);
  });
}

export async function a_card_is_kept_pays_again_and_is_taken_back(browser) {
  await eachTimeAnother(browser, deeds.keepCard);
}

export async function a_large_sum_by_a_kept_card_is_confirmed_at_the_bank(browser) {
  await eachTimeAnother(browser, deeds.confirmAtBank, (page) => owes(page, LARGE), 4);
}

export async function a_refused_card_leads_back_to_paying(browser) {
  await eachTimeAnother(browser, deeds.payAfterRefusal);
}

export async function a_card_page_that_was_left_is_resumed_and_given_up(browser) {
  await eachTimeAnother(browser, deeds.leaveCard);
}

export async function a_debit_is_cancelled_before_the_bank_has_it(browser) {
  await eachTimeAnother(browser, deeds.cancelDebit, ownBankDebits, 4);
}

export async function a_debit_by_the_provider_is_agreed_to_and_awaited(browser) {
  const byProvider = async (page) => !(await ownBankDebits(page));
  await eachTimeAnother(browser, deeds.debitByProvider, byProvider);
}

export async function credit_notes_settle_a_part_without_money(browser) {
  const has = async (page) => (await page.locator('[name=c]').count()) > 0;
  await eachTimeAnother(browser, deeds.setOff, has);
}
