// Mail scanners follow every link, run scripts and come back: nothing may change but the log.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';

import { demo } from '../demo.mjs';
import { open } from '../lib.mjs';
import { arrive, signIn } from '../person.mjs';

/** Addresses looked at: enough for every kind of page many times over. */
const LOOKED_AT_MAX = 600;

/** Pages of one kind whose scripts are run; all pages of a kind have the same markup. */
const RUN_MAX = 2;

/** All rows of all tables. */
function dump(folder) {
  const options = { encoding: 'utf8', maxBuffer: 1 << 29 };
  return execFileSync('sqlite3', [path.join(folder, 'acquit.db'), '.dump'], options);
}

/** The same address with its ids and tokens left out: what kind of page it is. */
function kind(address) {
  const { pathname, search } = new URL(address);
  const bare = pathname.replaceAll(/\/[^/]*\d[^/]*|(?<=\/l)\/[^/]+/g, '/*');
  return `${bare}${search ? '?' : ''}`;
}

/** Addresses of this site that a text names, in markup or as plain words. */
function named(text, base) {
  const plain = text.replaceAll('&amp;', '&');
  const found = plain.matchAll(/(?:href|src|action)="([^"]+)"|(https?:\/\/[^\s"<>]+)/g);
  return [...found]
    .map(([, attribute, words]) => new URL(attribute ?? words, base))
    .filter((url) => url.origin === new URL(base).origin)
    .map((url) => `${url.origin}${url.pathname}${url.search}`);
}

/** Looks at everything that can be reached by GET and HEAD from `start` with the page's cookies. */
async function scan(page, start) {
  const waiting = [start];
  const met = new Set(waiting);
  const run = new Map();
  while (waiting.length > 0) {
    const address = waiting.shift();
    const head = await page.request.head(address, { maxRedirects: 0 });
    const got = await page.request.get(address, { maxRedirects: 0 });
    assert.equal(head.status(), got.status(), address);
    assert.ok(got.status() < 500, `${got.status()} ${address}`);
    const type = got.headers()['content-type'] ?? '';
    const times = run.get(kind(address)) ?? 0;
    run.set(kind(address), times + 1);
    if (!type.startsWith('text/')) continue;
    if (times < RUN_MAX && type.startsWith('text/html')) await page.goto(address);
    for (const next of named(await got.text(), address)) {
      if (met.has(next) || met.size >= LOOKED_AT_MAX) continue;
      met.add(next);
      waiting.push(next);
    }
  }
  return run;
}

async function leaves_all_as_it_was(browser, enter, start) {
  const page = await open(browser, { js: true });
  const said = await demo();
  await enter(page, said);
  const before = dump(said.folder);
  const seen = await scan(page, start(said));
  assert.equal(dump(said.folder), before, 'looking changed a table');
  await page.context().close();
  return seen;
}

export async function a_scanner_of_every_mail_changes_nothing(browser) {
  const mails = (said) => said.mailbox;
  const seen = await leaves_all_as_it_was(browser, async () => {}, mails);
  assert.ok(seen.get('/l/*') > 50, `links of mails: ${[...seen]}`);
}

export async function a_scanner_of_an_open_account_changes_nothing(browser) {
  const account = ({ origin }) => `${origin}/account`;
  const seen = await leaves_all_as_it_was(browser, arrive, account);
  assert.ok(seen.size >= 5, `kinds of pages: ${[...seen]}`);
}

export async function a_scanner_in_a_signed_in_browser_changes_nothing(browser) {
  const seen = await leaves_all_as_it_was(browser, signIn, ({ staff }) => staff);
  assert.ok(seen.size >= 5, `kinds of pages: ${[...seen]}`);
}
