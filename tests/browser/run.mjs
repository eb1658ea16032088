// Runs the page checks: every exported function of self_test.mjs and of flows/*.mjs, one after the
// other in one browser. An argument keeps the checks whose name contains it. The last line has
// the form of cargo's, so that tests/run adds both up.

import { readdir } from 'node:fs/promises';

import { stopDemo } from './demo.mjs';
import { launch } from './lib.mjs';
import { heaviest } from './wire.mjs';

const here = new URL('.', import.meta.url);

async function flows() {
  const names = await readdir(new URL('flows/', here)).catch(() => []);
  return names.filter((name) => name.endsWith('.mjs')).sort();
}

async function checks(wanted) {
  const files = ['self_test.mjs', ...(await flows()).map((name) => `flows/${name}`)];
  const found = [];
  for (const file of files) {
    const module = await import(new URL(file, here));
    for (const [name, run] of Object.entries(module)) {
      found.push({ name: `${file.replace('.mjs', '')}::${name}`, run });
    }
  }
  return found.filter(({ name }) => name.includes(wanted));
}

async function main() {
  const browser = await launch();
  const failed = [];
  const all = await checks(process.argv[2] ?? '');
  for (const { name, run } of all) {
    try {
      await run(browser);
      console.log(`test ${name} ... ok`);
    } catch (error) {
      failed.push(name);
      console.log(`test ${name} ... FAILED\n${error.stack}`);
    }
  }
  await browser.close();
  await stopDemo();
  const { size, name } = heaviest();
  console.log(`\nlargest debtor's page: ${name}, ${size} bytes compressed`);
  const verdict = failed.length === 0 ? 'ok' : 'FAILED';
  const passed = all.length - failed.length;
  console.log(`\ntest result: ${verdict}. ${passed} passed; ${failed.length} failed; 0 ignored`);
  process.exitCode = failed.length === 0 && all.length > 0 ? 0 : 1;
}

await main();
