// The meeting in the browser: the timer of each block, keys for the answers, and drafts that outlive a lost connection.
(function () {
  const DRAFT = 'marcador-draft';
  let started = 0;
  let shown = '';

  // The server says how long a block has been going on; from then on the browser counts. Amber after the end, no more.
  function tick() {
    const timer = document.querySelector('.mc-timer');
    if (!timer) return;
    const {elapsed, limit, since} = timer.dataset;
    if (shown !== since + elapsed) { shown = since + elapsed; started = performance.now() - 1000 * Number(elapsed); }
    const left = Number(limit) - Math.floor((performance.now() - started) / 1000);
    const size = Math.abs(left);
    const text = Math.floor(size / 60) + ':' + String(size % 60).padStart(2, '0');
    const clock = timer.querySelector('.mc-timer-clock');
    const label = timer.querySelector('.mc-timer-label');
    if (clock.textContent !== text) clock.textContent = text;
    const said = left < 0 ? label.dataset.over : label.dataset.left;
    if (label.textContent !== said) label.textContent = said;
    timer.classList.toggle('mc-timer-over', left < 0);
  }

  // Single keys answer unless somebody turns them off, as who speaks to a computer must be able to (WCAG 2.1.4).
  const KEYS = 'marcador-keys';
  let hasKeys = true;
  try { hasKeys = localStorage.getItem(KEYS) !== 'off'; } catch (refused) { hasKeys = true; }

  document.addEventListener('click', (event) => {
    if (!event.target.closest || !event.target.closest('[data-mc-keys]')) return;
    hasKeys = !hasKeys;
    try { localStorage.setItem(KEYS, hasKeys ? 'on' : 'off'); } catch (refused) { /* it holds until the page goes */ }
    showKeys();
  });

  function showKeys() {
    const button = document.querySelector('[data-mc-keys]');
    if (!button || button.getAttribute('aria-pressed') === String(hasKeys)) return;
    button.setAttribute('aria-pressed', String(hasKeys));
    button.classList.toggle('mc-on', hasKeys);
  }

  const isTyping = (element) => element && (element.matches('input, textarea, select') || element.isContentEditable);

  document.addEventListener('keydown', (event) => {
    if (!hasKeys || event.altKey || isTyping(event.target)) return;
    const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z';
    if (!isUndo && (event.ctrlKey || event.metaKey)) return;
    const pressed = isUndo ? 'u' : event.key.toLowerCase();
    const key = document.querySelector('.mc-room [data-mc-key="' + CSS.escape(pressed) + '"]');
    if (key && key.offsetParent !== null) { event.preventDefault(); key.click(); }
  });

  const place = () => document.querySelector('[data-mc-drafts]');
  const name = (form, id) => [DRAFT, form.dataset.mcDrafts, id].join('|');
  const fields = (form) => form.querySelectorAll('input[type=text][id], input:not([type])[id]');

  function keep(form, field) {
    try {
      if (field.value) localStorage.setItem(name(form, field.id), field.value);
      else localStorage.removeItem(name(form, field.id));
    } catch (refused) { return; }
  }

  document.addEventListener('input', (event) => {
    const form = event.target.closest && event.target.closest('[data-mc-drafts]');
    if (form && event.target.matches('input') && event.target.id) keep(form, event.target);
  });

  // What was typed comes back when the page does; it goes when the server has said that it is written down.
  function restore(form) {
    fields(form).forEach((field) => {
      let draft = null;
      try { draft = localStorage.getItem(name(form, field.id)); } catch (refused) { return; }
      if (draft && !field.value) window.dash_clientside.set_props(field.id, {value: draft});
    });
  }

  let known = null;
  let said = '';
  function watch() {
    const form = place();
    if (!form) { known = null; return; }
    if (form !== known && window.dash_clientside && window.dash_clientside.set_props) { known = form; restore(form); }
    const line = document.getElementById('meeting-said');
    if (line && line.textContent !== said) {
      said = line.textContent;
      setTimeout(() => fields(form).forEach((field) => field.value || keep(form, field)), 300);
    }
  }

  setInterval(() => { tick(); watch(); showKeys(); }, 250);
})();
