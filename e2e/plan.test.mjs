// A basic plan from its draft to its first evaluation, by somebody who begins with an empty page: the staff drafts it, takes its
// steps and changes it, a department reports on a telephone without scripts, and everybody reads it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { build, demo } from './demo.mjs';
import { launch, Visitor } from './visitor.mjs';

let browser, binary;
before(async () => { binary = build(); browser = await launch(); });
after(() => browser?.close());

const phone = { width: 320, scripts: false };
const office = '디지털혁신담당관';

/** until looks at a page again until it says so: what time brings is the work of a process. */
async function until(who, path, says) {
  for (let n = 0; n < 120; n++) {
    await who.page.goto(path);
    if (says.test(await who.text())) return who.look(path);
    await new Promise((r) => setTimeout(r, 250));
  }
  assert.match(await who.text(), says);
}

/** narrow looks at the same page on a telephone as well. */
async function narrow(who, path) {
  await who.page.setViewportSize({ width: 320, height: 800 });
  await who.go(path);
  await who.page.setViewportSize({ width: 1280, height: 800 });
}

async function isPDF(who, path) {
  const answer = await who.page.context().request.get(path);
  assert.equal(answer.status(), 200, path);
  assert.equal((await answer.body()).subarray(0, 5).toString(), '%PDF-', path);
}

test('a plan from its draft to its evaluation', { timeout: 600_000 }, async (t) => {
  const d = await demo(binary);
  t.after(() => d.stop());
  const enter = (email, how) => Visitor.enter(browser, d, email, how);
  const staff = await enter('secretary@dx.example');
  const officer = await enter('partner-3@dx.example', phone);
  const guest = await enter(null);
  const node = (id, nodeKind, parent, title, more = {}) => ({
    id, nodeKind, parent, title, owner: office, weight: '1', budget: '', indicators: '', ...more,
  });
  let plan, review;

  await t.test('the staff enters a department and who acts for it', async () => {
    await staff.go('/departments');
    await staff.send('/departments', { name: office });
    const card = staff.page.locator('section.card', { has: staff.page.locator('h2', { hasText: office }) });
    const action = await card.locator('form[action$="/people"]').first().getAttribute('action');
    await staff.send(action, { email: 'partner-3@dx.example', name: '담당자' });
    assert.match(await staff.text(), /partner-3@dx\.example/);
  });

  await t.test('the staff drafts a plan, and what is wrong is said where it stands', async () => {
    await staff.go('/plans');
    await staff.send('/plans', { title: '소상공인 디지털 기본계획', vision: '누구나 디지털로', from: '2026-10-01' });
    plan = new URL(staff.page.url()).pathname.replace(/\/edit$/, '');
    await staff.send('/changes', node('1', 'strategy', '', '역량 강화'));
    await staff.send('/changes', node('1-1', 'programme', '1', '교육', { indicators: '교육 인원 | | 0 | 2026: 100 | 2028: 400' }), { refused: true });
    assert.match(await staff.text(), /교육 인원.*단위가 없습니다/);
    await staff.send('/changes', { indicators: '교육 인원 | 명 | 0 | 2026: 100 | 2028: 400', budget: '2026 | 시비 | 300,000,000' });
    await staff.go(`${plan}/edit?node=1-1`);
    await staff.send('/changes', { parent: '1-1' }, { refused: true });
    assert.match(await staff.text(), /자기 자신 아래에 둘 수 없습니다/);
    await narrow(staff, `${plan}/edit`);
    await guest.go(plan, 404);
  });

  await t.test('a file with broken lines changes nothing and every line is told', async () => {
    await staff.go(`${plan}/edit`);
    const text = await staff.page.locator('#sheet-sheet').inputValue();
    const broken = text.replace('이름: 교육', '이룸: 교육').replace('단위: 명', '단위: ""');
    await staff.send('/sheet', { sheet: broken }, { refused: true });
    assert.match(await staff.text(), /번째 줄[^]*번째 줄/);
    await staff.go(plan);
    assert.match(await staff.text(), /1-1\. 교육/);
  });

  await t.test('every step is taken or waived with a reason, and the last puts it into force', async () => {
    for (let n = 0; n < 11; n++) { // each leads back to the page of the plan
      const waive = await staff.page.locator('form[action$="/steps"] [name=reason]').count();
      if (waive && n !== 2) await staff.send('/steps', { reason: '시범 계획으로 생략합니다.' }, { press: 1 });
      else await staff.send('/steps', { ref: `제2026-${n + 1}호` });
    }
    assert.match(await staff.text(), /시행 중/);
    await guest.go(plan);
    assert.match(await guest.text(), /고시.공고 완료/);
  });

  await t.test('the quarter ends, and the department reports on a telephone', async () => {
    for (let n = 0; n < 6; n++) await d.clock('week');
    await until(staff, plan, /2026년 4분기 이행점검 진행 중/);
    review = await staff.page.locator('a[href^="/reviews/"]').first().getAttribute('href');
    await officer.go('/desk');
    await officer.page.locator(`main a[href="${review}"]`).click();
    await officer.send('/reports', { value: '많음', evidence: '수료 명부' }, { refused: true });
    await officer.send('/reports', { value: '120', committed: '200000000', spent: '150000000', evidence: '수료 명부', text: '1기 과정을 마쳤습니다.' });
    assert.match(await officer.text(), /실적 미제출\s+0/);
    await guest.go(plan);
    assert.doesNotMatch(await guest.text(), /120/); // nobody outside reads what may still be corrected
  });

  await t.test('a closed review takes no more figures, and everybody reads its result', async () => {
    await staff.go(review);
    assert.match(await staff.text(), /교육 인원: 120 명[^]*150,000,000원[^]*1기 과정을 마쳤습니다/); // what is closed is seen before
    await staff.send('/close');
    await officer.send('/reports', { value: '999' }, { refused: true });
    await guest.go(plan);
    assert.match(await guest.text(), /교육 인원: 120[^]*30\.0%[^]*50\.0%/);
    await isPDF(guest, `${review}/result.pdf`);
    await narrow(guest, plan);
  });

  await t.test('a minor change, a new name by decision, and their comparison', async () => {
    await staff.go(`${plan}/edit?node=1-1`);
    await staff.send('/changes', { text: '찾아가는 교육을 포함한다.', kind: 'minor', reason: '현장 의견' });
    await staff.go(`${plan}/edit`);
    await staff.send('/naming', { 'naming.title': '서울 소상공인 디지털 기본계획', kind: 'major', basis: '제2027-1호', reason: '명칭 정비' });
    const latest = await staff.page.locator('a[href*="/comparison?"]').last().getAttribute('href');
    await guest.go(latest);
    assert.match(await guest.text(), /소상공인 디지털 기본계획[^]*서울 소상공인 디지털 기본계획/);
    await narrow(guest, latest);
    await isPDF(guest, latest.replace('/comparison?', '/comparison.pdf?'));
  });

  await t.test('the year is planned and evaluated, and the ledger says what rests on what', async () => {
    for (const [kind, number] of [['annual_plan', 2026], ['evaluation', 2026]]) {
      await staff.go(plan);
      const which = await staff.page.locator('form[action$="/marks"]').evaluateAll((all, [k, n]) => all.findIndex(
        (f) => f.querySelector('[name=kind]').value === k && f.querySelector('[name=number]').value === String(n)), [kind, number]);
      await staff.send('/marks', { ref: '제2027-2호', ...(kind === 'evaluation' && { text: '첫해 목표를 넘었습니다.' }) }, { which });
    }
    await narrow(staff, plan);
    await guest.go(plan);
    assert.match(await guest.text(), /연차평가 보고 제2027-2호[^]*첫해 목표를 넘었습니다/);
    assert.match(await guest.text(), /경미변경[^]*현장 의견[^]*중요변경[^]*제2027-1호/);
    await guest.go(`${plan}?at=1`);
    assert.match(await guest.text(), /1번째 변경 때의 모습입니다/);
    assert.doesNotMatch(await guest.text(), /1-1\. 교육/);
  });

  for (const who of [staff, officer, guest]) assert.deepEqual(who.errors.filter((e) => !/status of 4/.test(e)), []);
});
