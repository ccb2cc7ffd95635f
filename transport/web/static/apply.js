// What scripts add to the form of an application, which works without them: it is saved by itself, and fields that are there
// with some answers alone come and go.
'use strict';

for (const form of document.querySelectorAll('form[data-autosave]')) {
  const note = form.querySelector('[data-saved]');
  const parts = [...form.querySelectorAll('[data-when]')].map((e) => ({ e, when: JSON.parse(e.dataset.when) }));
  const values = (key) => new FormData(form).getAll(`answers.${key}`).map((s) => s.trim()).filter(Boolean);
  const there = (key) => !document.getElementById(`field-${key}`)?.hidden;
  const holds = (c) => there(c.field) && (c.is?.length ? values(c.field).some((s) => c.is.includes(s)) : values(c.field).length > 0);
  const settle = () => { // a field that goes may take others with it
    for (let n = 0; n <= parts.length; n += 1) for (const p of parts) p.e.hidden = !p.when.every(holds);
  };
  settle();

  let wait, busy = false, again = false, sent = false;
  const later = () => { clearTimeout(wait); wait = setTimeout(save, 1500); };
  const fail = () => { if (note) note.textContent = note.dataset.lost; };
  async function save() {
    if (sent) return;
    if (busy) { again = true; return; }
    busy = true;
    again = false;
    const body = new URLSearchParams(new FormData(form));
    const answer = await fetch(form.action, { method: 'POST', body }).catch(() => null);
    const page = answer?.ok && /done=\w+_saved/.test(answer.url)
      ? new DOMParser().parseFromString(await answer.text(), 'text/html') : null;
    const fresh = page?.querySelector('form[data-autosave]');
    if (fresh && !sent) take(page, fresh); else if (!sent) fail();
    busy = false;
    if (again && fresh) later();
  }
  function take(page, fresh) {
    for (const name of ['version', '_key']) form.elements[name].value = fresh.elements[name].value;
    for (const part of ['findings']) {
      const now = document.getElementById(part);
      const then = page.getElementById(part);
      if (now && then) now.replaceChildren(...then.childNodes);
    }
    if (!again) sessionStorage.removeItem(`draft ${location.pathname} ${form.elements._form.value}`);
    if (note) note.textContent = `${note.dataset.saved} ${new Date().toLocaleTimeString('ko-KR', { hour12: false })}`;
  }
  form.addEventListener('input', () => { settle(); later(); });
  form.addEventListener('change', () => { settle(); later(); });
  form.addEventListener('submit', (e) => { // what is being saved comes first, since it moves the version on
    clearTimeout(wait);
    if (busy && !sent) {
      e.preventDefault();
      const press = e.submitter;
      setTimeout(() => form.requestSubmit(press), 200);
      return;
    }
    sent = true;
  });
}
