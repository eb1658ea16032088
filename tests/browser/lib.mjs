// What the page checks share: a browser, pages at the two widths, and the judges of a page.
// Pages open without JavaScript, as the portal must work without; only axe gets a page with it.

import { mkdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import path from 'node:path';

import axe from 'axe-core';
import { HtmlValidate } from 'html-validate';
import { chromium } from 'playwright-core';

import { shapelessInForcedColours, smallTargets } from './geometry.mjs';
import { speaks, tongueFaults } from './tongue.mjs';
import { source, watch, wireFaults } from './wire.mjs';

/** Widths every page is looked at, in CSS pixels: a phone and a desk. */
export const WIDTHS = [390, 1280];

const NARROWEST = 320;
const CHROMIUM = process.env.ACQUIT_CHROMIUM ?? '/usr/bin/chromium';
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
export function launch(env = {}) {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: QUIET_ARGUMENTS,
    env: { ...process.env, ...env },
  });
}

/** The same with one context of its own folder, and the port by which other tools drive it. */
export async function launchWithPort(folder) {
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: CHROMIUM,
    args: [...QUIET_ARGUMENTS, '--remote-debugging-port=0'],
    locale: 'fr-FR',
  });
  const written = await readFile(path.join(folder, 'DevToolsActivePort'), 'utf8');
  return { context, port: Number.parseInt(written, 10) };
}

/**
 * Opens a page in a context of its own, so that no cookie is shared by accident.
 * `scheme` is `light` or `dark`, `tongue` `fr` or `en`; `js` is off unless asked for.
 */
export async function open(browser, options = {}) {
  const { width = 1280, js = false, scheme = 'light', tongue = 'fr' } = options;
  const context = await browser.newContext({
    javaScriptEnabled: js,
    colorScheme: scheme,
    locale: { fr: 'fr-FR', en: 'en-GB' }[tongue],
    timezoneId: 'Europe/Paris',
    viewport: { width, height: width < 600 ? 844 : 800 },
  });
  context.setDefaultTimeout(10_000);
  context.on('page', watch);
  const page = await context.newPage();
  speaks(page, tongue);
  return page;
}

/** Saves the whole page as NAME-WIDTH.png and returns where. */
export async function shoot(page, name) {
  await mkdir(SCREENS, { recursive: true });
  const file = path.join(SCREENS, `${name}-${page.viewportSize().width}.png`);
  await page.screenshot({ path: file, fullPage: true, animations: 'disabled' });
  return file;
}

/**
 * What axe finds wrong with the page as it stands, in light and dark, a line each. Axe is a script,
 * so it looks at a twin with JavaScript: the same markup (also that of a refused form) and width.
 * Frames are sandboxed and run no script: it stays out of them.
 */
export async function accessibilityFaults(page) {
  const twin = await twinOf(page);
  await twin.setContent(await page.content());
  const light = await violations(twin, { type: 'tag', values: AXE_TAGS });
  // Only colours differ in the dark.
  await twin.emulateMedia({ colorScheme: 'dark' });
  const dark = await violations(twin, { type: 'rule', values: ['color-contrast'] });
  await twin.emulateMedia({ colorScheme: 'light' });
  return [...light, ...dark.map((fault) => `dark: ${fault}`)];
}

/** Pages that hold axe, which takes longer to read than to run, by place and width. */
const twins = new Map();

async function twinOf(page) {
  const { origin } = new URL(page.url());
  const viewport = page.viewportSize();
  const key = `${origin} ${viewport.width}`;
  if (!twins.has(key)) {
    const twin = await page.context().browser().newPage({ viewport });
    await twin.route(origin, (route) => route.fulfill({ contentType: 'text/html', body: '' }));
    await twin.goto(origin);
    await twin.evaluate(axe.source);
    twins.set(key, twin);
  }
  return twins.get(key);
}

async function violations(page, runOnly) {
  const options = { runOnly, iframes: false, resultTypes: ['violations'] };
  const found = await page.evaluate((options) => globalThis.axe.run(document, options), options);
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')}`),
  );
}

const validator = new HtmlValidate({ root: true, extends: ['html-validate:standard'] });

/** What html-validate finds wrong with the markup as the server sent it, a line each. */
export async function markupFaults(html) {
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
  const faults = await wireFaults(page, name);
  faults.push(...(await markupFaults(await source(page))));
  faults.push(...(await accessibilityFaults(page)));
  faults.push(...(await tongueFaults(page)));
  faults.push(...(await smallTargets(page)));
  faults.push(...(await shapelessInForcedColours(page)));
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
