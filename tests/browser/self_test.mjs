// The judges themselves: a sound page passes them all, and each fault is caught by the right one.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';

import {
  WIDTHS,
  accessibilityFaults,
  judge,
  markupFaults,
  open,
  shoot,
  sidewaysScroll,
} from './lib.mjs';
import { focusFault, shapelessInForcedColours, smallTargets } from './geometry.mjs';
import { searchedFor, tongueFaults } from './tongue.mjs';
import { wireFaults } from './wire.mjs';

// The portal's own policy: the judges must work under it.
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'";

const shell = (body) => `<!DOCTYPE html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Votre compte</title>
</head>
<body>
<main>
<h1>Votre compte</h1>
${body}
</main>
</body>
</html>
`;

const SOUND = shell('<p>À régler maintenant : 7 160,00 €.</p>');
const UNNAMED_FIELD = shell('<form method="post"><input name="on"><button>Dire</button></form>');
const WIDE = shell('<div style="width: 600px">Trop large</div>');
const TWO_IDS = shell('<p id="a">Un</p>\n<p id="a">Deux</p>');
const PALE_IN_THE_DARK = shell('<p>À régler</p>').replace(
  '</head>',
  '<style>@media (prefers-color-scheme: dark) { p { color: #ccc } }</style></head>',
);
const SMALL_TARGET = shell('<p><a href="/" style="font-size: 10px">Voir</a></p>');
const NO_EDGE = shell('<p><span class="tag">Échue</span></p>');
const NO_RING = shell('<style>a { outline: none }</style><p><a href="/">Voir</a></p>');
const A_RING = NO_RING.replace('outline: none', 'outline: 3px solid');
const ENGLISH = shell('<p>À régler maintenant : 12 €. Pay the ticked invoices</p>');
const STYLED = shell('<link rel="stylesheet" href="/style.css">');
const THIRD_PARTY = shell('<img src="http://127.0.0.2:9/p.png" alt="">');
const SCRIPTED = shell('<p id="p">sans</p><script>p.textContent = "avec"</script>');

/** Serves one page on loopback while `use` runs. */
async function serving(html, use, headers = { 'content-security-policy': POLICY }) {
  const server = createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers });
    response.end(html);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    await use(`http://127.0.0.1:${server.address().port}/`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

async function visiting(browser, html, use, options) {
  await serving(html, async (url) => {
    const page = await open(browser, options);
    await page.goto(url);
    await use(page);
    await page.context().close();
  });
}

export async function a_sound_page_passes_every_judge(browser) {
  await serving(SOUND, async (url) => {
    assert.deepEqual(await judge(browser, url, 'self-test'), []);
  });
}

export async function an_unnamed_field_is_caught(browser) {
  await visiting(browser, UNNAMED_FIELD, async (page) => {
    const faults = await accessibilityFaults(page);
    assert.deepEqual(faults, ['label: input']);
  });
}

export async function ink_too_pale_in_the_dark_is_caught(browser) {
  await serving(PALE_IN_THE_DARK, async (url) => {
    assert.deepEqual(await judge(browser, url, 'self-test-pale'), ['dark: color-contrast: p']);
  });
}

export async function sideways_scroll_is_caught(browser) {
  await visiting(browser, WIDE, async (page) => {
    const before = page.viewportSize();
    assert.ok((await sidewaysScroll(page)) > 200);
    assert.deepEqual(page.viewportSize(), before);
  });
}

export async function an_id_used_twice_is_caught() {
  const faults = await markupFaults(TWO_IDS);
  assert.equal(faults.length, 1);
  assert.match(faults[0], /no-dup-id/);
}

export async function scripts_run_only_when_asked_for(browser) {
  const seen = [];
  for (const js of [false, true]) {
    await serving(
      SCRIPTED,
      async (url) => {
        const page = await open(browser, { js });
        await page.goto(url);
        seen.push(await page.locator('#p').textContent());
        await page.context().close();
      },
      {},
    );
  }
  assert.deepEqual(seen, ['sans', 'avec']);
}

export async function screenshots_are_taken_at_both_widths(browser) {
  for (const width of WIDTHS) {
    await visiting(
      browser,
      SOUND,
      async (page) => {
        const file = await shoot(page, 'self-test');
        assert.ok(file.endsWith(`self-test-${width}.png`));
        assert.ok((await stat(file)).size > 1_000);
      },
      { width },
    );
  }
}

export async function a_target_too_small_for_a_thumb_is_caught(browser) {
  await visiting(browser, SMALL_TARGET, async (page) => {
    const [fault] = await smallTargets(page);
    assert.match(fault, /^target of \d+ × 1\d px: Voir$/);
  });
}

export async function what_loses_its_edge_in_forced_colours_is_caught(browser) {
  await visiting(browser, NO_EDGE, async (page) => {
    assert.deepEqual(await shapelessInForcedColours(page), ['forced colours: no edge: SPAN tag']);
  });
}

export async function focus_that_cannot_be_seen_is_caught(browser) {
  for (const [html, fault] of [[A_RING, undefined], [NO_RING, 'focus has no ring: A Voir']]) {
    await visiting(browser, html, async (page) => {
      await page.keyboard.press('Tab');
      assert.equal(await focusFault(page), fault);
    }, { width: 390 });
  }
}

export async function words_of_the_other_language_are_caught(browser) {
  assert.ok(searchedFor('fr') > 300 && searchedFor('en') > 300, 'the texts were not found');
  const expected = {
    fr: ['not in fr: Pay the ticked invoices'],
    en: ['is in fr, its reader speaks en', 'not in en: À régler maintenant'],
  };
  for (const [tongue, faults] of Object.entries(expected)) {
    await visiting(
      browser,
      ENGLISH,
      async (page) => {
        const found = await tongueFaults(page);
        for (const fault of faults) assert.ok(found.includes(fault), `${fault}: ${found}`);
        assert.ok(tongue === 'en' || found.length === 1, found.join());
      },
      { tongue },
    );
  }
}

export async function more_than_one_small_answer_is_caught(browser) {
  const noise = Array.from({ length: 3000 }, () => Math.random().toString(36)).join(' ');
  const cases = [
    [STYLED, /^asks for more than the page: /],
    [THIRD_PARTY, /^asks a third party: http:\/\/127\.0\.0\.2/],
    [shell(`<p>${noise}</p>`), /^takes \d+ bytes, more than 10240$/],
  ];
  for (const [html, fault] of cases) {
    await serving(
      html,
      async (url) => {
        const page = await open(browser);
        await page.goto(url);
        const [found] = await wireFaults(page, 'self-test');
        assert.match(found, fault);
        await page.context().close();
      },
      {},
    );
  }
}
