// The language of a page: what its reader says and reads in it, and words of the other one.

import { readFileSync, readdirSync } from 'node:fs';

const TEXTS = new URL('../../views/text/', import.meta.url);

/** Shorter ones say nothing: « le », “of”. */
const LETTERS_MIN = 4;

const tongues = new WeakMap();

/** The reader of this page speaks French or English. */
export const speaks = (page, tongue) => tongues.set(page, tongue);

/** What stands on the page in its reader's language. */
export const say = (page, fr, en) => (tongues.get(page) === 'en' ? en : fr);

const LITERAL = String.raw`"((?:[^"\\]|\\[^])*)"`;
const PAIR = new RegExp(String.raw`(?:=|label\(|text\(|=>\s*\()\s*${LITERAL},\s*${LITERAL}`, 'g');
const arm = (variant) =>
  new RegExp(
    String.raw`Language::${variant}\b[^=]*=>\s*\{?\s*(?:String::from|format!)\(\s*${LITERAL}`,
    'g',
  );

const plain = (text) =>
  text
    .replaceAll(/\\u\{(\w+)\}/g, (_, code) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replaceAll(/\\\n\s*/g, '')
    .replaceAll(/\s+/g, ' ');

/** The fixed parts of a literal: what is not put in. */
const parts = (literal) =>
  plain(literal)
    .split(/\{[^}]*\}/)
    .map((part) => part.replace(/^[\s\p{P}]+|[\s\p{P}]+$/gu, ''))
    .filter((part) => part.replaceAll(/\P{L}/gu, '').length >= LETTERS_MIN);

/** All wordings of the views, by language. */
function wordings() {
  const all = { fr: new Set(), en: new Set() };
  for (const file of readdirSync(TEXTS)) {
    const code = readFileSync(new URL(file, TEXTS), 'utf8');
    for (const [, fr, en] of code.matchAll(PAIR)) {
      parts(fr).forEach((part) => all.fr.add(part));
      parts(en).forEach((part) => all.en.add(part));
    }
    for (const [tongue, variant] of [['fr', 'Fr'], ['en', 'En']]) {
      for (const [, said] of code.matchAll(arm(variant))) {
        parts(said).forEach((part) => all[tongue].add(part));
      }
    }
  }
  return all;
}

const within = (text, part) =>
  text.includes(part) &&
  new RegExp(`(?<![\\p{L}\\p{N}])${escape(part)}(?![\\p{L}\\p{N}])`, 'u').test(text);

function escape(part) {
  return part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

let known;

/** What only the other language says: « Facture », but not “Date”. */
function foreign(tongue) {
  if (!known) {
    const { fr, en } = wordings();
    const only = (mine, others) => {
      const theirs = [...others].join('\n');
      return [...mine].filter((part) => !within(theirs, part));
    };
    known = { fr: only(en, fr), en: only(fr, en) };
  }
  return known[tongue];
}

/** How many wordings of the other language a page in this one is searched for. */
export const searchedFor = (tongue) => foreign(tongue).length;

/** What stands on a page in the wrong language, a line each. */
export async function tongueFaults(page) {
  const tongue = tongues.get(page);
  if (!tongue) return [];
  const { lang, texts } = await page.evaluate(() => {
    const walk = document.createTreeWalker(document, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walk.nextNode()) {
      const { parentElement: parent, data } = walk.currentNode;
      // What is marked as another language may be one; names in code and what is typed are of none.
      if (!parent.closest('style,code,pre,textarea,[lang]:not(html)')) texts.push(data);
    }
    for (const name of ['aria-label', 'data-l', 'placeholder', 'title', 'alt']) {
      document.querySelectorAll(`[${name}]`).forEach((one) => texts.push(one.getAttribute(name)));
    }
    return { lang: document.documentElement.lang, texts };
  });
  const said = texts.map((text) => text.replaceAll(/\s+/g, ' ')).join('\n');
  const faults = foreign(tongue).filter((part) => within(said, part));
  return [
    ...(lang === tongue ? [] : [`is in ${lang}, its reader speaks ${tongue}`]),
    ...faults.map((part) => `not in ${tongue}: ${part}`),
  ];
}
