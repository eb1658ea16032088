// Takes pictures of every built-in mail, in both languages, on a telephone and at a desk, by day and
// by night, and puts them on sheets to be looked at:
//
//   mkdir -p target/mails
//   ACQUIT_MAILS=$PWD/target/mails cargo test --workspace --lib messages_can_be_looked_at
//   node tests/browser/mails.mjs target/mails
//
// Fails when a mail scrolls sideways, or asks anything of the network.

import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { launch } from './lib.mjs';

const WIDTHS = [390, 700];
const SCHEMES = ['light', 'dark'];

/** Mails side by side on a sheet, and how many of them. */
const COLUMNS = { 390: 5, 700: 4 };

/** A longer mail is cut here. */
const TALLEST = 1600;

const [folder = 'target/mails'] = process.argv.slice(2);
const pictures = path.join(folder, 'pictures');
const faults = [];

/** One mail as a mail program would show it. */
async function take(context, file, name) {
  const page = await context.newPage();
  page.on('request', (request) => {
    if (!request.url().startsWith('file:')) faults.push(`${name} asks for ${request.url()}`);
  });
  await page.goto(pathToFileURL(path.resolve(file)).href);
  const { wide, tall } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth,
    tall: document.documentElement.scrollHeight,
  }));
  const { width } = page.viewportSize();
  if (wide > width) faults.push(`${name} is ${wide} wide`);
  const kept = path.join(pictures, `${name}.png`);
  const clip = { x: 0, y: 0, width, height: Math.min(tall, TALLEST) };
  await page.screenshot({ path: kept, fullPage: true, clip });
  await page.close();
  return kept;
}

/** All of one sort on one picture. */
async function sheet(browser, name, width, taken) {
  const columns = COLUMNS[width];
  const cells = await Promise.all(
    taken.map(async ({ kind, kept }) => {
      const image = (await readFile(kept)).toString('base64');
      return `<figure><figcaption>${kind}</figcaption><img src="data:image/png;base64,${image}"></figure>`;
    }),
  );
  const style = `body{margin:8px;columns:${columns};column-gap:8px;background:#888;font:14px sans-serif}
    figure{margin:0 0 8px;break-inside:avoid}img{width:100%;display:block}`;
  const html = `<!doctype html><style>${style}</style>${cells.join('')}`;
  const page = await browser.newPage({ viewport: { width: columns * 330, height: 800 } });
  await page.setContent(html);
  await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
  await page.close();
}

const files = (await readdir(folder)).filter((file) => file.endsWith('.html')).sort();
if (files.length === 0) throw new Error(`no mails in ${folder}: see the head of this file`);
await rm(pictures, { recursive: true, force: true });
await mkdir(pictures, { recursive: true });
const browser = await launch();
for (const width of WIDTHS) {
  for (const scheme of SCHEMES) {
    const context = await browser.newContext({
      viewport: { width, height: 800 },
      colorScheme: scheme,
      javaScriptEnabled: true,
    });
    for (const tongue of ['fr', 'en']) {
      const taken = [];
      for (const file of files.filter((one) => one.endsWith(`.${tongue}.html`))) {
        const kind = file.split('.')[0];
        const name = `${kind}-${tongue}-${width}-${scheme}`;
        taken.push({ kind, kept: await take(context, path.join(folder, file), name) });
      }
      await sheet(browser, `sheet-${tongue}-${width}-${scheme}`, width, taken);
    }
    await context.close();
  }
}
await browser.close();
const count = files.length * WIDTHS.length * SCHEMES.length;
await writeFile(path.join(folder, 'faults.txt'), `${faults.join('\n')}\n`);
console.log(`${count} pictures, ${faults.length} faults`);
for (const fault of faults) console.log(fault);
process.exit(faults.length === 0 ? 0 : 1);
