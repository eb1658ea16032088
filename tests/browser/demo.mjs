// The demonstration that the flows visit: started once, at the first use, in a folder of its own.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** A debug build lives its five weeks of data in some tens of seconds. */
const PATIENCE_MS = 120_000;

let running;

/** What the program printed: where a debtor, its mails and the staff are, and how to sign in. */
export function demo() {
  running ??= start();
  return running.then(({ said }) => said);
}

/** Ends the demonstration, if one was started, and removes its folder. */
export async function stopDemo() {
  const { child, folder } = (await running?.catch(() => undefined)) ?? {};
  if (!child) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  if (child.exitCode === null) {
    child.kill('SIGTERM');
    await ended;
  }
  rmSync(folder, { recursive: true });
}

async function start() {
  const program = process.env.ACQUIT_BIN;
  if (!program) throw new Error('ACQUIT_BIN names no program to visit');
  const folder = mkdtempSync(path.join(tmpdir(), 'acquit-demo-'));
  const child = spawn(program, ['demo', '--port', '0', '--folder', folder], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  process.once('exit', () => child.kill('SIGKILL'));
  const given = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  const said = { ...(await read(child.stdout)), folder };
  clearTimeout(given);
  return { child, folder, said };
}

/** Reads up to the last printed line; what comes after is the log. */
async function read(stdout) {
  let text = '';
  for await (const line of createInterface({ input: stdout })) {
    text += `${line}\n`;
    if (line.startsWith('Stop with')) {
      stdout.resume();
      return places(text);
    }
  }
  throw new Error(`the demonstration ended before it was ready:\n${text}`);
}

function places(text) {
  const found = (pattern) => {
    const [, ...parts] = pattern.exec(text) ?? [];
    if (parts.length === 0) throw new Error(`${pattern} is not in what was printed:\n${text}`);
    return parts;
  };
  const [link] = found(/account\s+(http\S+\/l\/\S+)/);
  const [mailbox] = found(/(http\S+\/staff\/mailbox)/);
  const [staff] = found(/(http\S+\/staff)$/m);
  const [email, password] = found(/^\s+(\S+@\S+) \/ (\S+)$/m);
  return { origin: new URL(link).origin, link, mailbox, staff, email, password };
}
