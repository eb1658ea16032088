// What can be measured on the page as it stands: targets for thumbs, borders where colours are
// taken away, and the ring around what has the focus.

/** WCAG 2.5.8, in CSS pixels. */
const TARGET_MIN = 24;

/** Rounding of the layout, in CSS pixels. */
const SLACK = 0.1;

/** Everything that can be pressed and is smaller than a target may be, a line each. */
export function smallTargets(page) {
  return page.evaluate((least) => {
    const pressed = 'a[href],button,input:not([type=hidden]),select,textarea,summary';
    const said = (element) =>
      (element.innerText || element.name || element.id).trim().replaceAll(/\s+/g, ' ');
    const faults = [];
    for (const element of document.querySelectorAll(pressed)) {
      const target = element.closest('label') ?? element;
      const boxes = [...target.getClientRects()].filter((box) => box.width > 0 && box.right > 0);
      if (boxes.length === 0) continue;
      const width = Math.max(...boxes.map((box) => box.width));
      const height = Math.min(...boxes.map((box) => box.height));
      if (Math.min(width, height) >= least) continue;
      faults.push(`target of ${Math.round(width)} × ${Math.round(height)} px: ${said(target)}`);
    }
    return faults;
  }, TARGET_MIN - SLACK);
}

/** What loses its shape when the system's colours replace ours, a line each. */
export async function shapelessInForcedColours(page) {
  await page.emulateMedia({ forcedColors: 'active' });
  const faults = await page.evaluate(() => {
    const shaped = '.button,.tag,.card,.banner,input:not([type=hidden]),select,textarea';
    const bordered = (element) => {
      const style = getComputedStyle(element);
      return style.appearance !== 'none' && /checkbox|radio/.test(element.type)
        ? true
        : style.borderTopStyle !== 'none' && parseFloat(style.borderTopWidth) >= 1;
    };
    return [...document.querySelectorAll(shaped)]
      .filter((element) => !bordered(element))
      .map((element) => `forced colours: no edge: ${element.tagName} ${element.className}`);
  });
  await page.emulateMedia({ forcedColors: 'none' });
  return [...new Set(faults)];
}

/** Why the focus cannot be seen, if so: nothing has it, it is off the screen, it has no ring. */
export function focusFault(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    const name = `${element.tagName} ${element.id || element.name || element.innerText}`;
    const box = element.getBoundingClientRect();
    const inside =
      box.width > 0 && box.right > 0 && box.left < innerWidth && box.bottom > 0 &&
      box.top < innerHeight;
    if (!inside) return `focus is off the screen: ${name}`;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const ring = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
    return ring ? undefined : `focus has no ring: ${name}`;
  });
}
