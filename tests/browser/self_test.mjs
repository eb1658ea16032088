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
