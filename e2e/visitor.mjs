// A person at a browser, and what every page has to hold to.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });
}

/** outside names what stands out of the screen on a page that scrolls sideways; it runs in the browser. */
function outside() {
  if (document.documentElement.scrollWidth <= window.innerWidth) return [];
  const out = [...document.body.querySelectorAll('*')]
    .filter((e) => !e.closest('.scroll') && e.getBoundingClientRect().right > window.innerWidth + 0.5)
    .map((e) => `${e.outerHTML.slice(0, 120)} ends at ${Math.round(e.getBoundingClientRect().right)} px`);
  return [`${document.documentElement.scrollWidth} px`, ...out.slice(0, 5)];
}

/** kindOf is what pages that differ in their identifiers only have in common. */
export const kindOf = (path) => path.replace(/[0-9a-f]{8}-[0-9a-f-]+/g, 'ID').replace(/[?#].*/, '');

/** seen are the kinds of pages that axe has looked at, for each demo and role. */
const seen = new Set();

/** Visitor is one person with a browser of their own. */
export class Visitor {
  constructor(page, base, scripts, role) {
    Object.assign(this, { page, base, scripts, role, errors: [] });
  }

  static async enter(browser, demo, email, { width = 1280, scripts = true } = {}) {
    const context = await browser.newContext({
      viewport: { width, height: 800 }, javaScriptEnabled: scripts, locale: 'ko-KR', baseURL: demo.base,
    });
    context.setDefaultTimeout(15000);
    const v = new Visitor(await context.newPage(), demo.base, scripts, email?.match(/^[a-z]+/)[0] ?? 'guest');
    v.page.on('console', (m) => { if (m.type() === 'error') v.errors.push(`${v.page.url()}: ${m.text()}`); });
    if (email && !email.includes('@')) await v.page.goto('/demo/as/' + email); // who was drawn by lot has another address each time
    else if (email) {
      await v.page.goto('/sign-in');
      await v.page.fill('[name=email]', email);
      await v.page.fill('[name=password]', demo.accounts[email]);
      await v.page.click('main button[type=submit]');
    }
    return v;
  }

  /** go opens a page and holds it to what every page has to hold to. */
  async go(path, status = 200) {
    const r = await this.page.goto(path);
    assert.equal(r.status(), status, path);
    await this.look(path);
  }

  /** look checks the page, with axe once for each kind: no sideways scrolling, unique ids, headings, axe. */
  async look(path) {
    const kind = kindOf(path);
    assert.deepEqual(await this.page.evaluate(outside), [], `${kind} is wider than the screen`);
    const known = `${this.base} ${this.role} ${kind}`;
    if (!this.scripts || seen.has(known)) return;
    seen.add(known);
    const twice = await this.page.evaluate(() => {
      const ids = [...document.querySelectorAll('[id]')].map((e) => e.id);
      return ids.filter((id, i) => ids.indexOf(id) !== i);
    });
    assert.deepEqual(twice, [], `${kind}: ids that stand twice`);
    const before = this.errors.length;
    await this.page.evaluate(axe);
    const found = await this.page.evaluate(() => globalThis.axe.run());
    this.errors.length = before; // axe measures with styles that the pages' policy forbids
    assert.deepEqual(
      found.violations.map((x) => `${x.id}: ${x.nodes.map((n) => n.html.slice(0, 160)).join(' | ')}`), [], `axe on ${kind}`);
  }

  /** send fills the form that goes to an address ending so, and sends it with the button counted from 0; what comes back must be a page that accepts. */
  async send(action, fields = {}, { which = 0, press = 0, refused = false } = {}) {
    const form = this.page.locator(`form[action$="${action}"]`).nth(which);
    await form.evaluate((f) => { for (let d = f.closest('details'); d; d = d.parentElement.closest('details')) d.open = true; });
    for (const [name, value] of Object.entries(fields)) {
      const field = form.locator(`[name="${name}"]`).first();
      const type = await field.evaluate((e) => e.type);
      if (type === 'radio') await form.locator('label', { has: this.page.locator(`[name="${name}"][value="${value}"]`) }).click();
      else if (type === 'checkbox') await form.locator(value === true ? `[name="${name}"]` : `[name="${name}"][value="${value}"]`).first().check({ force: true });
      else if (type.startsWith('select')) await field.selectOption(value);
      else if (type !== 'hidden') await field.fill(value);
    }
    for (const box of await form.locator('input[type=checkbox][required]').all()) await box.check({ force: true });
    await Promise.all([this.page.waitForEvent('load'), form.locator('button[type=submit]').nth(press).click()]);
    const problem = this.page.locator('[role=alert]');
    const said = (await problem.count()) ? await problem.first().innerText() : '';
    assert.equal(said !== '', refused, `${action}: ${said}`);
    await this.look(new URL(this.page.url()).pathname);
    return said;
  }

  /** text is what the page says, with the spaces that hold words together as plain ones. */
  async text() { return (await this.page.locator('main').innerText()).replaceAll('\u00a0', ' '); }
}
