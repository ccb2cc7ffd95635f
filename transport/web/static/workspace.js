// What scripts add to pages that work without them: pages of a meeting follow it, typed text survives what goes wrong,
// agendas are dragged, and whoever is about to be signed out is told in time.
'use strict';

const all = (selector, at = document) => [...at.querySelectorAll(selector)];
const formOf = (e) => e.closest('form');

// A page follows its meeting: the server says that something happened, and the marked part is asked for again.
for (const part of all('[data-events]')) {
  const lost = document.getElementById('lost');
  const source = new EventSource(part.dataset.events);
  const refresh = () => part.dispatchEvent(new Event('changed'));
  source.addEventListener('begun', () => {
    if (lost && !lost.hidden) refresh();
    if (lost) lost.hidden = true;
  });
  source.addEventListener('changed', refresh);
  source.addEventListener('error', () => { if (lost) lost.hidden = false; });
  addEventListener('pagehide', () => source.close());
}

// What somebody is typing or has opened stays as it is when the part around it is renewed.
document.addEventListener('input', (e) => formOf(e.target)?.setAttribute('hx-morph-skip', ''));
document.addEventListener('toggle', (e) => {
  if (e.target.matches?.('details')) e.target.toggleAttribute('hx-morph-skip', e.target.open);
}, true);

// Drafts: text in forms that ask for it is kept in this window until the form has been accepted.
const draftOf = (form) => `draft ${location.pathname} ${form.querySelector('[name=_form]')?.value}`;
const typed = (form) => all('textarea, input[type=text]', form).filter((e) => e.name && !e.name.startsWith('_'));
const refused = document.querySelector('[role=alert]');
for (const form of all('form[data-draft]')) {
  const key = draftOf(form);
  const kept = JSON.parse(sessionStorage.getItem(key) ?? 'null');
  if (kept?.sent && !refused) sessionStorage.removeItem(key);
  else if (kept && !kept.sent) restore(form, kept.fields);
  const keep = (sent) => sessionStorage.setItem(key, JSON.stringify({
    sent, fields: Object.fromEntries(typed(form).map((e) => [e.name, e.value])),
  }));
  let wait;
  form.addEventListener('input', () => {
    clearTimeout(wait);
    wait = setTimeout(() => { keep(false); saved(form); }, 400);
  });
  form.addEventListener('submit', () => { clearTimeout(wait); keep(true); });
}

function restore(form, fields) {
  let any = false;
  for (const e of typed(form)) {
    if (fields[e.name] === undefined || fields[e.name] === e.value) continue;
    e.value = fields[e.name];
    any = true;
  }
  if (!any) return;
  form.setAttribute('hx-morph-skip', '');
  for (let d = form.closest('details'); d; d = d.parentElement.closest('details')) d.open = true;
}

function saved(form) {
  const note = form.querySelector('[data-saved]');
  if (note) note.textContent = `${note.dataset.saved} ${new Date().toLocaleTimeString('ko-KR', { hour12: false })}`;
}

// Ctrl+Enter sends the form in whose text one stands.
document.addEventListener('keydown', (e) => {
  if (e.key === 'Enter' && (e.ctrlKey || e.metaKey) && e.target.matches('textarea')) formOf(e.target)?.requestSubmit();
});

// Words that are marked in a passage of the minutes are put into the form that withholds them.
const withhold = document.getElementById('redact-form');
if (withhold) {
  const { anchor, passage, at } = withhold.elements;
  document.addEventListener('selectionchange', () => {
    const marked = getSelection();
    const text = marked.anchorNode?.parentElement?.closest('[data-passage]');
    const range = marked.rangeCount ? marked.getRangeAt(0) : null;
    if (!text || !range || marked.isCollapsed || !text.contains(range.startContainer) || !text.contains(range.endContainer)) return;
    const before = document.createRange();
    before.setStart(text, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const words = range.toString();
    if (!words.trim()) return;
    anchor.value = text.dataset.passage;
    passage.value = words.trim();
    const blanks = words.length - words.trimStart().length;
    at.value = [...before.toString() + words.slice(0, blanks)].length; // in characters, as the service counts
    withhold.setAttribute('hx-morph-skip', '');
    withhold.querySelector('[data-taken]').textContent = withhold.querySelector('[data-taken]').dataset.taken;
  });
  for (const field of [anchor, passage]) field.addEventListener('input', () => { at.value = ''; });
}

// Agendas are put in order by dragging; the buttons beside each item do the same.
let dragged;
for (const row of all('[data-move]')) {
  row.draggable = true;
  row.addEventListener('dragstart', (e) => { dragged = row; e.dataTransfer.effectAllowed = 'move'; });
  row.addEventListener('dragover', (e) => { if (dragged && dragged !== row) { e.preventDefault(); row.classList.add('under'); } });
  row.addEventListener('dragleave', () => row.classList.remove('under'));
  row.addEventListener('drop', (e) => {
    e.preventDefault();
    const form = dragged?.querySelector('form[action$="/move"]');
    if (!form || dragged === row) return;
    form.elements.position.value = row.dataset.move;
    form.submit();
  });
}

// Whoever is about to be signed out is told, and may stay without losing what is on the page.
const notice = document.getElementById('expiry');
if (notice) watchExpiry(Number(notice.dataset.left));

function watchExpiry(seconds) {
  const end = performance.now() + seconds * 1000;
  const warn = Number(notice.dataset.before) * 1000;
  const form = notice.querySelector('form');
  let told = false;
  const tick = () => {
    const left = end - performance.now();
    if (left > warn) {
      timer = setTimeout(tick, Math.min(left - warn, 2 ** 31 - 1));
      return;
    }
    notice.querySelector('[data-minutes]').textContent = Math.max(0, Math.ceil(left / 60000));
    if (!told && !notice.open) notice.showModal(); // closed, it stays closed
    told = true;
    if (left > 0) timer = setTimeout(tick, 10000);
  };
  let timer;
  tick();
  form.onsubmit = async (e) => {
    e.preventDefault();
    const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)) }).catch(() => null);
    const page = answer?.ok ? new DOMParser().parseFromString(await answer.text(), 'text/html') : null;
    const now = page?.getElementById('expiry');
    if (!now) { // signed out already, or no connection: the form says so itself
      form.onsubmit = null;
      form.submit();
      return;
    }
    clearTimeout(timer);
    notice.close();
    watchExpiry(Number(now.dataset.left));
  };
}

// The sum of a sheet grows as its points are typed.
for (const form of all('form[data-sum]')) {
  const points = all('[name=points]', form);
  form.addEventListener('input', () => {
    const sum = points.reduce((n, e) => n + (Number(e.value) || 0), 0);
    form.querySelector('output').value = String(Math.round(sum * 1000) / 1000);
  });
}

// Where the menu is wider than the screen, it shows where one is.
document.querySelector('.menu [aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' });
