// What the page checks share: a browser, pages at the two widths, and the judges of a page.
// Pages open without JavaScript, as the portal must work without; only axe gets a page with it.

import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import path from 'node:path';

import { AxeBuilder } from '@axe-core/playwright';
import { HtmlValidate } from 'html-validate';
import { chromium } from 'playwright-core';

/** Widths every page is looked at, in CSS pixels: a phone and a desk. */
export const WIDTHS = [390, 1280];

const NARROWEST = 320;
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SCREENS = process.env.ACQUIT_SCREENS ?? path.join(ROOT, 'target', 'screens');

const QUIET_ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--no-first-run',
];

/** Starts the system's Chromium; nothing is downloaded. */
export function launch() {
  const executablePath = process.env.ACQUIT_CHROMIUM ?? '/usr/bin/chromium';
  return chromium.launch({ executablePath, args: QUIET_ARGUMENTS });
}

/**
 * Opens a page in a context of its own, so that no cookie is shared by accident.
 * `scheme` is `light` or `dark`; `js` is off unless asked for.
 */
export async function open(browser, { width = 1280, js = false, scheme = 'light' } = {}) {
  const context = await browser.newContext({
    javaScriptEnabled: js,
    colorScheme: scheme,
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    viewport: { width, height: width < 600 ? 844 : 800 },
  });
  context.setDefaultTimeout(10_000);
  context.on('page', keepSource);
  return context.newPage();
}

/** The last document of each page as the server sent it. */
const sources = new WeakMap();

function keepSource(page) {
  page.on('response', (response) => {
    const request = response.request();
    if (!request.isNavigationRequest() || request.frame() !== page.mainFrame()) return;
    const redirect = response.status() >= 300 && response.status() < 400;
    if (!redirect) sources.set(page, response.text().catch(() => ''));
  });
}

/** Saves the whole page as NAME-WIDTH.png and returns where. */
export async function shoot(page, name) {
  await mkdir(SCREENS, { recursive: true });
  const file = path.join(SCREENS, `${name}-${page.viewportSize().width}.png`);
  await page.screenshot({ path: file, fullPage: true, animations: 'disabled' });
  return file;
}

/**
 * What axe finds wrong with the page as it stands, a line each. Axe is a script, so a twin of the
 * page is opened with JavaScript: same markup (also that of a refused form), cookies and scheme.
 */
export async function accessibilityFaults(page) {
  const dark = await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  const body = await page.content();
  const context = await page.context().browser().newContext({
    colorScheme: dark ? 'dark' : 'light',
    storageState: await page.context().storageState(),
    viewport: page.viewportSize(),
  });
  try {
    const twin = await context.newPage();
    const contentType = 'text/html; charset=utf-8';
    await twin.route(page.url(), (route) => route.fulfill({ contentType, body }));
    await twin.goto(page.url());
    // Frames are sandboxed and run no script: axe would wait in them for ever.
    const axe = new AxeBuilder({ page: twin }).withTags(AXE_TAGS).exclude('iframe');
    const { violations } = await axe.setLegacyMode().analyze();
    return violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.target.join(' ')}`),
    );
  } finally {
    await context.close();
  }
}

/** What html-validate finds wrong with the markup as the server sent it, a line each. */
export async function markupFaults(html) {
  const validator = new HtmlValidate({ root: true, extends: ['html-validate:standard'] });
  const { results } = await validator.validateString(html);
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, line, column, message }) => `${line}:${column} ${ruleId}: ${message}`),
  );
}

/** How many pixels the page can be scrolled sideways on the narrowest phone; 0 is right. */
export async function sidewaysScroll(page) {
  const before = page.viewportSize();
  await page.setViewportSize({ width: NARROWEST, height: 800 });
  const excess = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  await page.setViewportSize(before);
  return excess;
}

/** Every fault of the page as it stands, by all judges, with a screenshot. */
export async function judgeHere(page, name) {
  await shoot(page, name);
  const faults = await markupFaults(await sources.get(page));
  faults.push(...(await accessibilityFaults(page)));
  await page.emulateMedia({ colorScheme: 'dark' });
  faults.push(...(await accessibilityFaults(page)).map((fault) => `dark: ${fault}`));
  await page.emulateMedia({ colorScheme: 'light' });
  const excess = await sidewaysScroll(page);
  if (excess > 0) faults.push(`scrolls ${excess} px sideways at ${NARROWEST} px`);
  return faults;
}

/** Every fault of the page at `url`, at both widths. */
export async function judge(browser, url, name) {
  const faults = [];
  for (const width of WIDTHS) {
    const page = await open(browser, { width });
    await page.goto(url);
    faults.push(...(await judgeHere(page, name)));
    await page.context().close();
  }
  return [...new Set(faults)];
}
