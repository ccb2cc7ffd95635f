// What surrounds the committee, by several people at once: a consultation answered on a telephone without scripts, and a
// call for proposals from its applications to its published result.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { build, demo } from './demo.mjs';
import { launch, Visitor } from './visitor.mjs';

let browser, binary;
before(async () => { binary = build(); browser = await launch(); });
after(() => browser?.close());

const phone = { width: 320, scripts: false };

/** first follows the first link of a page whose words are these, and gives where it leads. */
async function first(who, list, words) {
  await who.go(list);
  const path = await who.page.locator('main a', { hasText: words }).first().getAttribute('href');
  await who.go(path);
  return path;
}

/** until looks at a page again until it says so: what a deadline brings is the work of a process. */
async function until(who, path, says) {
  for (let n = 0; n < 60; n++) {
    await who.page.goto(path);
    if (says.test(await who.text())) return who.look(path);
    await new Promise((r) => setTimeout(r, 250));
  }
  assert.match(await who.text(), says);
}

test('a consultation and a selection in the browser', { timeout: 600_000 }, async (t) => {
  const d = await demo(binary);
  t.after(() => d.stop());
  const enter = (email, how) => Visitor.enter(browser, d, email, how);
  const secretary = await enter('secretary@dx.example');
  const partner = await enter('partner-1@dx.example', phone);
  const other = await enter('partner-5@dx.example');
  const guest = await enter(null);
  let consultation, call;

  await t.test('an evaluator finishes the work on a telephone', async () => {
    const judge = await enter('evaluator', phone);
    assert.match(await judge.text(), /과제 14건을 평가해 주십시오\. \(5건 작성\)/);
    await judge.page.click('main a:has-text("평가하기")');
    const sheets = new URL(judge.page.url()).pathname;
    assert.match(await judge.send('/sheets/submit', {}, { refused: true }), /9건/);
    const score = async (n, of, how) => {
      const points = judge.page.locator('form[action$="/sheet"]').nth(n).locator('[name=points]');
      for (const [i, p] of of.entries()) await points.nth(i).fill(p);
      return judge.send('/sheet', {}, { which: n, ...how });
    };
    await score(5, ['50.5', '25', '15'], { refused: true }); // 50 at most
    for (let n = 5; n < 14; n++) {
      await judge.go(sheets);
      await score(n, ['40', '25.5', '15']);
    }
    await judge.send('/sheets/submit');
    await judge.go('/desk');
    assert.match(await judge.text(), /지금 하실 일이 없습니다/);
    await judge.go(sheets.replace('/sheets', '/ranking'), 403);
  });

  await t.test('a partner answers on a telephone', async () => {
    await partner.go('/organisations');
    assert.match(await partner.text(), /초안을 제출해야 합니다/);
    consultation = await first(partner, '/consultations', '3개년 기본계획');
    await partner.send('/submit', { 'opinions.0.stance': 'opposes', 'opinions.0.text': '' }, { refused: true });
    await partner.send('/submit', { 'opinions.0.stance': 'opposes', 'opinions.0.text': '첫해 목표가 높습니다.' });
    assert.match(await partner.text(), /의견을 제출했습니다/);
    await partner.go('/organisations');
    assert.match(await partner.text(), /지금 할 일이 없습니다/);
    await guest.go(consultation, 404);
  });

  await t.test('a partner applies', async () => {
    call = await first(partner, '/calls', '테스트베드');
    await partner.go(call + '/apply');
    await partner.send('/save', {
      'answers.title': '물류로봇 실증', 'answers.amount': '90,000,000', 'answers.own_money': '10', 'answers.summary': '창고 물류로봇',
      'answers.plan': '세 단계로 실증합니다.',
    });
    assert.match(await partner.text(), /고칠 것 1가지[^]*자부담 25%/);
    assert.equal(await partner.page.locator('form[action$="/submit"]').count(), 0);
    await partner.page.click('main a:has-text("자부담")');
    await partner.send('/save', { 'answers.own_money': '40000000' });
    await partner.send('/submit');
    assert.match(await partner.text(), /접수번호 2/);
    await secretary.go(call + '/applications');
    assert.doesNotMatch(await secretary.text(), /물류로봇/);
    await guest.go('/selections');
    assert.match(await guest.text(), /테스트베드[^]*접수 건수/); // how many applied is told after the close
  });

  await t.test('both close at their time, and every opinion is answered', async () => {
    for (let n = 0; n < 3; n++) await d.clock('week');
    await until(secretary, consultation, /의견 처리 중/);
    for (;;) {
      await secretary.go(consultation + '/opinions?open=true');
      if (!await secretary.page.locator('form[action$="/dispose"]').count()) break;
      await secretary.send('/dispose', { outcome: 'partly', reason: '취지를 살려 문구를 고칩니다.' });
    }
    await secretary.go(consultation);
    await secretary.send('/finish');
    await partner.go(consultation);
    assert.match(await partner.text(), /일부반영[^]*취지를 살려 문구를 고칩니다/);
    await other.go(consultation + '/digest');
    assert.doesNotMatch(await other.text(), /한강로보틱스/);
  });

  const judges = [6, 7, 8].map((n) => `member${String(n).padStart(2, '0')}@dx.example`);
  await t.test('applications are reviewed, a panel is drawn and scores', async () => {
    await until(secretary, call, /요건 검토/);
    for (let n = 0; n < 2; n++) {
      await secretary.go(call + '/applications?state=submitted');
      await secretary.send('/review', {});
    }
    await secretary.go(call + '/panel');
    for (const email of judges) await secretary.send('/evaluators', { email, expertise: '로봇' });
    await secretary.send('/draw');
    for (const [n, email] of judges.entries()) {
      const judge = await enter(email, n ? {} : phone);
      await judge.go(call + '/sheets');
      assert.doesNotMatch(await judge.text(), /물류로봇/);
      await judge.send('/pledge', { pledge: true });
      for (let i = 0; i < 2; i++) {
        const form = judge.page.locator('form[action$="/sheet"]').nth(i);
        for (const [k, points] of [['45', '25', '18'], ['40', '28', '15']][i].entries()) await form.locator('[name=points]').nth(k).fill(points);
        await judge.send('/sheet', { comment: '의견' }, { which: i });
      }
      assert.match(await judge.text(), /2건 가운데 2건 평가/);
      await judge.send('/sheets/submit');
      await judge.page.context().close();
    }
  });

  await t.test('the result is ranked, announced and read by everybody', async () => {
    await secretary.go(call + '/ranking');
    await secretary.send('/ranking');
    assert.match(await secretary.text(), /264점 ÷ 3명/);
    await guest.go(call + '/result', 404);
    await secretary.send('/announce', { deliberated: '제2026-1호', approval: '경제정책과-2001' });
    await guest.go(call + '/result');
    assert.match(await guest.text(), /신청 2건 · 선정 2건[^]*1\.0:1/);
    await guest.go('/selections');
    assert.equal(await guest.page.locator('main svg.meter-bar').count(), 1);
    assert.match(await guest.text(), /테스트베드[^]*1\.0:1/);
    await partner.go('/organisations');
    assert.match(await partner.text(), /물류로봇 실증[^]*선정/);
    await partner.page.locator('main a', { hasText: '물류로봇 실증' }).click();
    await partner.send('/objection', { text: '점수의 이유를 알려 주십시오.' });
    assert.match(await partner.text(), /답변 기한/);
  });

  for (const who of [secretary, partner, other, guest]) assert.deepEqual(who.errors.filter((e) => !/status of 4/.test(e)), []);
});
