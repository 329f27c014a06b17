// Before the first paint: the theme of the address, of the last choice, or of the system. No flash.
(function () {
  var asked = new URLSearchParams(location.search).get('theme');
  var kept = null;
  try { kept = localStorage.getItem('marcador-theme'); } catch (refused) { kept = null; }
  var dark = matchMedia('(prefers-color-scheme: dark)').matches;
  document.documentElement.dataset.bsTheme = asked || kept || (dark ? 'dark' : 'light');
  document.documentElement.dataset.path = location.pathname;
})();
