// Takes the pictures of docs/screens from a demonstration: `node tests/browser/screens.mjs`.

import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { demo, stopDemo } from './demo.mjs';
import { launch, open } from './lib.mjs';
import { arrive, signIn } from './person.mjs';

const SCREENS = fileURLToPath(new URL('../../docs/screens', import.meta.url));

async function picture(browser, name, width, height, enter) {
  const page = await open(browser, { width });
  await page.setViewportSize({ width, height });
  await enter(page, await demo());
  await page.screenshot({ path: path.join(SCREENS, `${name}-${width}.png`) });
  await page.context().close();
}

const browser = await launch();
try {
  await picture(browser, 'account', 390, 844, arrive);
  await picture(browser, 'staff', 1280, 900, signIn);
} finally {
  await browser.close();
  await stopDemo();
}
