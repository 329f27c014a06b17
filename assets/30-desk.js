// What the page does by itself: theme, link, picture, print, opening the arithmetic.
(function () {
  const words = () => document.querySelector('meta[name="marcador"]').dataset;

  function say(text) {
    const toast = document.getElementById('shell-toast');
    if (!toast) return;
    toast.textContent = text;
    toast.classList.add('mc-on');
    setTimeout(() => toast.classList.remove('mc-on'), 2500);
  }

  function theme() {
    const root = document.documentElement;
    root.dataset.bsTheme = root.dataset.bsTheme === 'dark' ? 'light' : 'dark';
    try { localStorage.setItem('marcador-theme', root.dataset.bsTheme); } catch (refused) { return; }
  }

  async function copy() {
    try {
      await navigator.clipboard.writeText(location.href);
      say(words().copied);
    } catch (refused) {
      say(location.href);
    }
  }

  async function words_(text) {
    try {
      await navigator.clipboard.writeText(text);
      say(words().copied);
    } catch (refused) {
      say(text);
    }
  }

  async function picture(target) {
    const graph = document.querySelector('#' + CSS.escape(target) + ' .js-plotly-plot');
    if (!graph || !window.Plotly) return;
    const copy = {data: graph.data, layout: Object.assign({}, graph.layout, {paper_bgcolor: '#ffffff', plot_bgcolor: '#ffffff',
      font: Object.assign({}, graph.layout.font, {color: '#14202e'})})};
    const url = await window.Plotly.toImage(copy, {format: 'png', width: 1400, height: 700, scale: 2});
    const link = document.createElement('a');
    link.href = url;
    link.download = target + '.png';
    link.click();
  }

  function why() {
    const box = document.querySelector('#scoreboard-explain details');
    if (!box) return;
    box.open = true;
    box.scrollIntoView({behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth'});
    box.querySelector('summary').focus();
  }

  document.addEventListener('click', (event) => {
    const asked = event.target.closest('[data-mc]');
    const inside = event.target.closest('details.mc-dropdown');
    document.querySelectorAll('details.mc-dropdown[open]').forEach((open) => { if (open !== inside) open.open = false; });
    const tongue = event.target.closest('a.mc-tool[lang]');
    if (tongue) {
      const next = new URLSearchParams(location.search);
      next.set('lang', tongue.lang);
      tongue.search = next.toString();
    }
    if (!asked) return;
    const act = asked.dataset.mc;
    if (act === 'why') event.preventDefault();
    ({theme, copy, why, print: () => window.print(), words: () => words_(asked.dataset.words), png: () => picture(asked.dataset.target),
      period: () => { asked.closest('details').open = false; window.marcadorPeriod(asked.dataset.query || ''); }}[act] || (() => {}))();
  });

  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    const open = document.querySelector('details.mc-dropdown[open]');
    if (open) { open.open = false; open.querySelector('summary').focus(); }
  });

  addEventListener('beforeprint', () => document.querySelectorAll('.js-plotly-plot').forEach((graph) =>
    window.Plotly && window.Plotly.relayout(graph, {width: 660, autosize: false})));
  addEventListener('afterprint', () => document.querySelectorAll('.js-plotly-plot').forEach((graph) =>
    window.Plotly && window.Plotly.relayout(graph, {autosize: true, width: null})));
})();
