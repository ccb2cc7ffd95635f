// Every page that a link leads to, for everybody who may come: it opens, fits a telephone, and axe finds nothing.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { build, demo } from './demo.mjs';
import { launch, Visitor, kindOf } from './visitor.mjs';

const people = [null, 'member02@dx.example', 'member01@dx.example', 'clerk@dx.example', 'secretary@dx.example', 'admin@dx.example',
  'partner-1@dx.example', 'evaluator'];
const english = 'secretary@dx.example'; // once more, in English
const samples = 2; // pages of one kind, where kinds differ in their identifiers only

let browser, binary;
before(async () => { binary = build(); browser = await launch(); });
after(() => browser?.close());

for (const play of [false, true]) {
  test(`pages ${play ? 'after a meeting' : 'before the notice'}`, { timeout: 900_000 }, async (t) => {
    const d = await demo(binary, { play });
    t.after(() => d.stop());
    const visitors = people.filter((p) => !play || p !== 'evaluator'); // a folder in which the meeting was played has no evaluation
    for (const [n, email] of [...visitors, english].entries()) {
      await t.test(email ?? 'a guest', async () => {
        const who = await Visitor.enter(browser, d, email);
        if (n === visitors.length) await who.go('/?lang=en');
        const seesMeeting = (await who.page.context().request.get(d.meeting)).ok();
        const found = await walk(who, seesMeeting ? ['/', d.meeting] : ['/']);
        assert.equal(seesMeeting, play || /member01|clerk|secretary/.test(email));
        assert.ok(found.size >= 5, `only ${[...found.keys()]}`);
        assert.deepEqual(who.errors.filter((e) => !/status of 4/.test(e)), []);
        await who.page.context().close();
      });
    }
  });
}

test('what people write is shown in the fonts of the pages', { timeout: 300_000 }, async (t) => {
  const d = await demo(binary);
  t.after(() => d.stop());
  const who = await Visitor.enter(browser, d, null);
  const asked = [];
  who.page.on('request', (r) => { if (/woff2/.test(r.url())) asked.push(r.url().replace(/.*\//, '')); });
  await who.page.goto('/meetings', { waitUntil: 'networkidle' });
  assert.deepEqual(asked.filter((f) => /Secretariat/.test(f)), [], 'fonts that the page has no use for');
  await who.page.evaluate(() => { document.querySelector('main h1').textContent = '심의ㆍ의결 Ⅲ ① ⑴ 「법」 ※ → 펲뷁쀼'; });
  await who.page.evaluate(() => document.fonts.ready);
  await who.page.waitForLoadState('networkidle');
  const cdp = await who.page.context().newCDPSession(who.page);
  await cdp.send('DOM.enable');
  await cdp.send('CSS.enable');
  const { root } = await cdp.send('DOM.getDocument');
  const { nodeId } = await cdp.send('DOM.querySelector', { nodeId: root.nodeId, selector: 'main h1' });
  const { fonts } = await cdp.send('CSS.getPlatformFontsForNode', { nodeId });
  assert.deepEqual(fonts.filter((f) => !f.isCustomFont), [], 'characters that the fonts of the pages lack');
});

/** walk opens everything that links lead to from some pages, and counts the pages of each kind. */
async function walk(who, todo) {
  const kinds = new Map();
  const known = new Set(todo);
  while (todo.length) {
    const path = todo.shift();
    const kind = kindOf(path);
    if ((kinds.get(kind) ?? 0) >= samples) continue;
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    for (const next of await open(who, path)) {
      if (!known.has(next)) todo.push(next);
      known.add(next);
    }
  }
  return kinds;
}

/** open looks at a page in both widths and names what it links to; a download needs only to be there. */
async function open(who, path) {
  const answer = await who.page.context().request.get(path);
  assert.equal(answer.status(), 200, `${path} for ${who.role}`);
  if (!/text\/html/.test(answer.headers()['content-type'])) return [];
  await who.page.setViewportSize({ width: 320, height: 640 });
  await who.go(path);
  await who.page.setViewportSize({ width: 1280, height: 800 });
  await who.look(path);
  return who.page.evaluate(() => [...document.querySelectorAll('a[href]')]
    .map((a) => new URL(a.href)).filter((u) => u.origin === location.origin && !u.pathname.startsWith('/demo') && !u.searchParams.has('lang'))
    .map((u) => u.pathname + u.search));
}
