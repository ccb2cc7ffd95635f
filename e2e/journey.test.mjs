// A meeting from its notice to its published minutes, by several people at once: with scripts on a desktop, and without
// them on a telephone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { build, demo } from './demo.mjs';
import { launch, Visitor } from './visitor.mjs';

let browser, binary;
before(async () => { binary = build(); browser = await launch(); });
after(() => browser?.close());

const seat = (n) => `member${String(n).padStart(2, '0')}@dx.example`;

for (const how of [{ name: 'with scripts, 1280 px', width: 1280, scripts: true }, { name: 'without scripts, 320 px', width: 320, scripts: false }]) {
  test(`a meeting is held in the browser: ${how.name}`, { timeout: 600_000 }, async (t) => {
    const d = await demo(binary);
    t.after(() => d.stop());
    const m = d.meeting;
    const enter = (email) => Visitor.enter(browser, d, email, how);
    const secretary = await enter('secretary@dx.example');
    const chair = await enter(seat(1));
    const members = [chair];
    for (let n = 2; n <= 10; n++) members.push(await enter(seat(n)));
    const guest = await enter(null);

    await part(t, 'a date is proposed, answered and chosen', async () => {
      await secretary.go(m + '/prepare');
      await secretary.send('/dates', { 'dates.0.startsAt': '2026-12-15T15:00' });
      assert.match(await secretary.text(), /아직 답하지 않은 15명에게 다시 알림/);
      for (const [n, who] of members.slice(1, 3).entries()) {
        await who.go('/desk');
        await who.page.locator(`main a[href$="/dates"]`).first().click();
        const dates = await who.page.locator('input[type=radio][value=yes]').evaluateAll((all) => all.map((e) => e.name));
        await who.send('/dates/answers', Object.fromEntries(dates.map((d) => [d, 'no'])));
        await who.send('/dates/answers', { [dates[2]]: n ? 'no' : 'yes' }); // changed: the third is 15:00
        assert.match(await who.text(), /응답을 저장하였습니다/);
      }
      await secretary.go(m + '/prepare');
      const card = secretary.page.locator('.card', { hasText: '2026. 12. 15.(화) 15:00' });
      assert.match((await card.innerText()).replaceAll('\u00a0', ' '), /출석 예상 1 \/ 필요 8[^]*가능 1 · 불가 1 · 미응답 13/);
      await secretary.send('/reminders');
      await secretary.send((await card.locator('form[action$="/choose"]').getAttribute('action')));
      assert.match(await secretary.text(), /회의 일시가 정해졌습니다: 2026\. 12\. 15\.\(화\) 15:00/);
      await members[1].go('/desk');
      assert.equal(await members[1].page.locator('main a[href$="/dates"]').count(), 0);
    });

    await part(t, 'schedule and convene', async () => {
      await guest.go(m, 404);
      await secretary.go('/board');
      await secretary.go(m + '/prepare');
      assert.match(await secretary.page.locator('.letter').innerText(), /15:00 ~ 18:00/);
      await secretary.send('/convene');
      assert.match(await secretary.text(), /소집하였습니다/);
      await d.clock('hour');
      await guest.go(m);
    });

    await part(t, 'answer, pledge and declare', async () => {
      for (const [n, who] of members.entries()) {
        await who.go('/desk');
        await who.go(m);
        await who.send('/answer', { answer: 'attend' });
        await who.send('/pledge');
        const open = () => who.page.locator('form[action$="/interest"] input[name=none]').count();
        while (await open()) await who.send('/interest', {}, { which: await noneOf(who) });
        if (n === 5) await who.send('/interest', { ground: 'other', reason: '이해관계 있음' }, { which: 2 });
      }
      assert.match(await members[5].text(), /제척으로 열람할 수 없음/);
    });

    await part(t, 'check in and open', async () => {
      await d.clock('meeting');
      for (const who of members.slice(0, 8)) {
        await who.go(m);
        await who.send('/enter');
      }
      await secretary.go(m + '/console');
      for (const _ of [8, 9]) await secretary.send('/presences', {}, { which: 0 });
      await secretary.send('/open');
      await secretary.send('/warn');
    });

    await part(t, 'a named vote', async () => {
      await table(secretary, /3개년 기본계획/);
      await secretary.send('/ballots', { method: 'named' });
      assert.match(await secretary.text(), /명 중 0명 투표/);
      await secretary.send('/statements', { speaker: '경제정책과장', text: '기본계획(안)을 설명합니다.' });
      await Promise.all(members.slice(0, 8).map((who, n) => vote(who, n < 6 ? 'yes' : 'no')));
      const said = await members[0].text();
      assert.match(said, /확인 부호/);
      await secretary.go(m + '/console');
      assert.match(await secretary.text(), /명 중 8명 투표/);
      assert.doesNotMatch(await secretary.text(), /찬성 6/);
      await secretary.send('/close');
      assert.match(await secretary.text(), /찬성 6/);
      await secretary.go(m + '/projector');
      assert.match(await secretary.text(), /찬성 6/);
      await secretary.go(m + '/console');
    });

    await part(t, 'a secret vote', async () => {
      await table(secretary, /전문위원 추천/);
      await secretary.send('/ballots', { method: 'secret' });
      await Promise.all(members.slice(0, 8).map((who, n) => (n === 3 ? voteByKeys(who) : vote(who, n % 2 ? 'yes' : 'abstain'))));
      await secretary.go(m + '/console');
      await secretary.send('/close');
      await secretary.send('/adjourn');
    });

    await part(t, 'minutes: drawn up, signed, published', async () => {
      await d.clock('hour');
      await secretary.go(m + '/minutes');
      if (await secretary.page.locator('form[action$="/minutes"]').count()) await secretary.send('/minutes');
      await secretary.send('/circulate', { kind: 'recording', recording: '2026-DX-03(38분)' });
      for (const who of members) {
        await who.go('/desk');
        await who.go(m + '/sign');
        if (await who.page.locator('form[action*="/sign/"]').count()) await sign(who);
      }
      await secretary.go(m + '/minutes');
      if (await secretary.page.locator('form[action$="/publish"]').count()) await secretary.send('/publish');
      await d.clock('day');
      await guest.go(m + '/record');
      assert.match(await guest.text(), /3개년 기본계획/);
      await guest.go('/');
      await guest.go('/meetings');
      await guest.go('/decisions');
      await guest.page.locator('main a[href^="/decisions/"]').first().click();
      assert.match(await guest.text(), /의결|심의|보고/);
    });

    assert.deepEqual([secretary, guest, ...members].flatMap((v) => v.errors ?? []).filter((e) => !/status of 4/.test(e)), []);
  });
}

/** noneOf is which of the forms of declarations says that there is no interest. */
async function noneOf(who) {
  const forms = await who.page.locator('form[action$="/interest"]').all();
  for (const [n, form] of forms.entries()) if (await form.locator('[name=none]').count()) return n;
  return -1;
}

/** table puts the item with a title before the meeting. */
async function table(who, title) {
  const rows = await who.page.locator('form[action$="/table"]').all();
  for (const [n, form] of rows.entries()) {
    if (title.test(await form.locator('button').textContent())) return who.send('/table', {}, { which: n });
  }
  throw new Error(`no item ${title} can be tabled`);
}

/** tabTo moves the focus with the tabulator to what a selector names, seen at each step: where one is must be visible. */
async function tabTo(who, selector) {
  for (let n = 0; n < 80; n++) {
    await who.page.keyboard.press('Tab');
    const at = await who.page.evaluate((s) => {
      const e = document.activeElement;
      const style = getComputedStyle(e);
      const near = getComputedStyle(e.closest('label') ?? e);
      const seen = style.outlineStyle !== 'none' || style.boxShadow !== 'none' || near.outlineStyle !== 'none' || near.boxShadow !== 'none';
      return { here: e.matches(s), seen, what: e.outerHTML.slice(0, 100) };
    }, selector);
    assert.ok(at.seen, `the focus cannot be seen on ${at.what}`);
    if (at.here) return;
  }
  assert.fail(`${selector} cannot be reached with the tabulator`);
}

/** voteByKeys goes from the desk to the receipt with the keyboard alone, first past the menu by the skip link. */
async function voteByKeys(who) {
  await who.go('/desk');
  if (!who.scripts) return vote(who, 'yes');
  await who.page.keyboard.press('Tab');
  assert.equal(await who.page.evaluate(() => document.activeElement.hash), '#main');
  await who.page.keyboard.press('Enter');
  await who.page.waitForFunction(() => document.activeElement.id === 'main');
  await tabTo(who, 'main a[href^="/ballots/"]');
  await enterKey(who);
  await tabTo(who, '[name=choice]');
  await who.page.keyboard.press('Space');
  await who.page.keyboard.press('ArrowDown');
  await tabTo(who, 'form[action$="/confirm"] button');
  await enterKey(who);
  await tabTo(who, 'form[action$="/cast"] button');
  await enterKey(who);
  assert.equal(await who.page.locator('.box.done .sum').count(), 1, 'no receipt');
}

/** enterKey presses what has the focus, which leads to another page. */
async function enterKey(who) {
  await Promise.all([who.page.waitForEvent('load'), who.page.keyboard.press('Enter')]);
}

/** vote goes from the desk to the receipt. */
async function vote(who, choice) {
  await who.go('/desk');
  await who.page.locator('a[href^="/ballots/"]').first().click();
  await who.send('/confirm', { choice });
  assert.ok(!who.page.url().includes(choice), 'the choice stands in the address');
  await who.send('/cast');
  assert.ok(!who.page.url().includes(choice), 'the choice stands in the address');
}

async function sign(who) {
  const form = who.page.locator('form[action*="/sign/"]');
  await Promise.all([who.page.waitForEvent('load'), form.locator('button').click()]);
  assert.equal(await who.page.locator('[role=alert]').count(), 0);
}

/** part is a subtest on which those after it depend. */
async function part(t, name, body) {
  let failure;
  await t.test(name, async () => {
    try { await body(); } catch (e) { failure = e; throw e; }
  });
  if (failure) throw new Error(`after: ${name}`);
}
