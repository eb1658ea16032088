// Lighthouse on the pages that matter most, as a telephone on a slow network would load them.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import lighthouse from 'lighthouse';

import { demo } from '../demo.mjs';
import { launchWithPort } from '../lib.mjs';
import { arrive, chooseOne, press, signIn } from '../person.mjs';

/** Times are simulated from what was loaded, but a busy machine still shows: the median counts. */
const RUNS = 3;

/** A trace may miss its beginning on a busy machine. */
const ATTEMPTS = 4;

/** A run that Lighthouse itself calls failed says nothing of the page: it asks to be run again. */
async function run(url, options) {
  for (let tries = 1; ; tries += 1) {
    const { lhr } = await lighthouse(url, options);
    if (!lhr.runtimeError) return lhr;
    assert.ok(tries < ATTEMPTS, lhr.runtimeError.message);
  }
}

async function scores(url, port, onlyCategories) {
  const lhr = await run(url, {
    port,
    onlyCategories,
    formFactor: 'mobile',
    throttlingMethod: 'simulate',
    disableStorageReset: true,
    logLevel: 'error',
  });
  assert.equal(lhr.finalDisplayedUrl, url, 'the page leads elsewhere');
  const marks = Object.values(lhr.categories).map(({ id, score }) => [id, score * 100]);
  const lost = Object.values(lhr.audits)
    .filter(({ score }) => score !== null && score < 1)
    .map(({ id, details }) => `${id} ${JSON.stringify(details?.items ?? '').slice(0, 300)}`);
  return { ...Object.fromEntries(marks), lost };
}

const median = (all) => [...all].sort((one, other) => one - other)[(all.length - 1) / 2];

async function judge(url, port, name) {
  const first = await scores(url, port, ['performance', 'accessibility', 'best-practices']);
  assert.equal(first.accessibility, 100, `${name}: ${first.lost}`);
  assert.equal(first['best-practices'], 100, `${name}: ${first.lost}`);
  const speeds = [first.performance];
  // Two of three at 100 are the median already.
  while (speeds.length < RUNS && speeds.filter((speed) => speed === 100).length < 2) {
    speeds.push((await scores(url, port, ['performance'])).performance);
  }
  const speed = speeds.length < RUNS ? 100 : median(speeds);
  assert.equal(speed, 100, `${name}: performance ${speeds}: ${first.lost}`);
}

export async function lighthouse_gives_100_thrice() {
  const folder = mkdtempSync(path.join(tmpdir(), 'acquit-lighthouse-'));
  const { context, port } = await launchWithPort(folder);
  try {
    const said = await demo();
    const page = await context.newPage();
    await judge(said.link, port, 'landing');
    await arrive(page, said);
    await judge(page.url(), port, 'account');
    const number = await chooseOne(page);
    await press(page, 'Payer les factures cochées');
    await judge(page.url(), port, 'pay');
    await page.goto(`${said.origin}/account`);
    const invoice = page.getByRole('rowheader').getByRole('link', { name: number });
    await judge(new URL(await invoice.getAttribute('href'), said.origin).href, port, 'invoice');
    await signIn(page, said);
    await judge(page.url(), port, 'dashboard');
  } finally {
    await context.close();
    rmSync(folder, { recursive: true });
  }
}
