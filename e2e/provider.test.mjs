// Signing in at the city's identity provider: the first time, again, after the link was taken away, and while it is down.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { build, demo } from './demo.mjs';
import { provider } from './provider.mjs';
import { launch, Visitor } from './visitor.mjs';

let browser, binary;
before(async () => { binary = build(); browser = await launch(); });
after(() => browser?.close());

const member = 'member03@dx.example';

/** through goes from the sign-in page to the provider and back. */
async function through(who, email, press = '로그인') {
  await who.go('/sign-in?next=%2Fdesk');
  await who.page.click('text=시청 통합인증');
  await who.page.waitForURL(/\/authorize/);
  if (email) await who.page.fill('[name=email]', email);
  await Promise.all([who.page.waitForURL((u) => u.origin === who.base), who.page.click(`button:has-text("${press}")`)]);
}

const at = (who) => { const u = new URL(who.page.url()); return u.pathname + u.search; };

for (const how of [{ width: 1280 }, { width: 320, scripts: false }]) {
  test(`the identity provider, ${how.width} px, scripts ${how.scripts ?? true}`, { timeout: 600_000 }, async (t) => {
    const city = await provider({ [member]: 'subject-3', 'stranger@city.example': 'subject-9' });
    const d = await demo(binary, { settings: city.settings });
    t.after(() => d.stop());
    t.after(() => city.stop());
    const admin = await Visitor.enter(browser, d, Object.keys(d.accounts).find((a) => a.startsWith('admin')), how);
    const who = await Visitor.enter(browser, d, null, how);
    const card = () => admin.page.locator('li', { hasText: member }).last();

    await t.test('who has no account is told so, and who turns back too', async () => {
      await through(who, 'stranger@city.example');
      assert.match(await who.text(), /연결할 수 있는 계정이 없습니다/);
      await through(who, '', '취소');
      assert.match(at(who), /refused=interrupted/);
      await who.look('/sign-in');
    });

    await t.test('a member comes in and lands where they wanted to go', async () => {
      await through(who, member);
      assert.equal(at(who), '/desk');
      await admin.go('/accounts');
      assert.match(await card().innerText(), /통합인증 연결/);
    });

    await t.test('a link that was taken away is not made again silently', async () => {
      await admin.go('/accounts');
      const id = (await card().getAttribute('id')).replace('account-', '');
      await admin.send(`/accounts/${id}/link`);
      assert.match(await card().innerText(), /통합인증 연결 해제됨/);
      await who.page.goto('/desk');
      assert.match(at(who), /^\/sign-in/);
      await through(who, member);
      assert.match(at(who), /refused=unlinked/);
      await admin.send(`/accounts/${id}/link/allow`);
      await through(who, member);
      assert.equal(at(who), '/desk');
    });

    await t.test('passwords lead in while the provider is down', async () => {
      await who.page.click('text=로그아웃');
      await city.stop();
      await who.page.goto('/sign-in?next=%2Fdesk');
      await who.page.click('text=시청 통합인증');
      await who.page.waitForURL(/authorize|refused=/).catch(() => {});
      await who.page.goto('/sign-in?next=%2Fdesk').catch(() => {});
      await who.send('/sign-in', { email: member, password: d.accounts[member] });
      assert.equal(at(who), '/desk');
    });
  });
}
