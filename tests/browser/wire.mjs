// What the network did for the page that stands: its document as the server sent it, the bytes
// that took, and everything else that was fetched.

/** A debtor's page, compressed as the server really answers; past 14 KB a second round trip. */
const BYTES_MAX = 10 * 1024;

/** Smaller answers fit one packet: compressing them gains nothing. */
const PACKET = 1400;

const visits = new WeakMap();
let largest = { size: 0, name: 'none' };

/** The largest debtor's page that was judged so far. */
export const heaviest = () => largest;

/** Notes from now on what `page` fetches; a new address begins a new account. */
export function watch(page) {
  page.on('request', (request) => {
    const own = request.isNavigationRequest() && request.frame() === page.mainFrame();
    if (own) visits.set(page, { request, others: [] });
    else visits.get(page)?.others.push(request);
  });
  page.on('response', (response) => {
    const visit = visits.get(page);
    const redirect = response.status() >= 300 && response.status() < 400;
    if (visit?.request === response.request() && !redirect) {
      visit.source = response.text().catch(() => '');
    }
  });
}

/** The document as the server sent it. */
export const source = (page) => visits.get(page).source;

/** The staff's pages may fetch their style; a debtor's page is one answer. */
const isStaff = (url) => new URL(url).pathname.startsWith('/staff');

/** Everything that was fetched and should not have been, and a page that is too large. */
export async function wireFaults(page, name) {
  const { request, others } = visits.get(page);
  const { origin } = new URL(request.url());
  const third = others
    .filter((other) => !/^(data|blob):/.test(other.url()))
    .filter((other) => new URL(other.url()).origin !== origin)
    .map((other) => `asks a third party: ${other.url()}`);
  if (isStaff(request.url())) return third;
  const { responseBodySize: size } = await request.sizes();
  const encoding = (await request.response()).headers()['content-encoding'];
  if (name !== 'self-test' && size > largest.size) largest = { size, name };
  const more = others.filter((other) => other.resourceType() !== 'image');
  return [
    ...third,
    ...more.map((other) => `asks for more than the page: ${other.url()}`),
    ...(others.length - more.length > 1 ? ['asks for more than one image'] : []),
    ...(size > BYTES_MAX ? [`takes ${size} bytes, more than ${BYTES_MAX}`] : []),
    ...(!encoding && size > PACKET ? ['is sent uncompressed'] : []),
  ];
}
