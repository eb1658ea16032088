// A card that the provider keeps: agreed to with a code, used by one click, taken back.

import { keepCard } from '../deeds.mjs';
import { arriveAs, inBothTongues, sound } from '../person.mjs';

/** Each time another customer does it: a contact gets few codes an hour. */
export async function a_card_is_kept_pays_again_and_is_taken_back(browser) {
  let next = 0;
  await inBothTongues(browser, async (page, said) => {
    next = 1 + (await arriveAs(page, next, said));
    await keepCard(page, sound);
  });
}
