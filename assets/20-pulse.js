// The pulse: asks whether something changed. It notices a lost contact by itself, without the help of any callback,
// and loads the page anew when the server is a newer version.
(function () {
  const meta = document.querySelector('meta[name="marcador"]');
  if (!meta) return;
  const words = meta.dataset;
  let version = words.version;
  const build = words.build;
  let every = 1000 * Number(words.seconds);
  let heard = Date.now();
  let published = Date.now() - 1000 * Number(words.age);
  let busy = false;
  let fails = 0;
  let timer = null;

  function age(seconds) {
    if (seconds < 90) return words.justNow;
    const minutes = Math.round(seconds / 60);
    if (minutes < 90) return words.minutes.replace('{n}', minutes);
    const hours = Math.round(minutes / 60);
    return hours < 48 ? words.hours.replace('{n}', hours) : words.days.replace('{n}', Math.round(hours / 24));
  }

  function paint() {
    const silent = (Date.now() - heard) / 1000;
    const isStale = silent > Math.max(4, 2.2 * every / 1000);
    document.body.classList.toggle('mc-is-stale', isStale);
    document.body.classList.toggle('mc-is-very-stale', silent > 300);
    const fresh = document.getElementById('freshness');
    const said = isStale ? words.noContact.replace('{age}', age(silent)) : words.updated.replace('{age}', age((Date.now() - published) / 1000));
    if (fresh && fresh.textContent !== said) fresh.textContent = said;
    const banner = document.getElementById('shell-offline');
    const told = isStale && !document.querySelector('.mc-wall') ? said : '';
    if (banner && banner.textContent !== told) banner.textContent = told;
    const since = document.querySelector('.mc-stale-since');
    if (since && isStale) since.textContent = ' ' + age(silent);
  }

  async function pulse() {
    if (busy) return;
    busy = true;
    clearTimeout(timer);
    const stop = new AbortController();
    const late = setTimeout(() => stop.abort(), 8000);
    try {
      const answer = await fetch('/api/v1/pulse', {cache: 'no-store', redirect: 'error', signal: stop.signal});
      if (!answer.ok) throw new Error(String(answer.status));
      const told = await answer.json();
      heard = Date.now();
      fails = 0;
      every = 1000 * told.seconds;
      if (told.build !== build) {
        setTimeout(() => location.reload(), Math.random() * Math.min(60000, 4 * every));
      } else if (told.data !== version && window.dash_clientside && window.dash_clientside.set_props) {
        version = told.data;
        published = Date.now();
        window.dash_clientside.set_props('data-version', {data: version});
      }
    } catch (silence) {
      fails += 1;
    } finally {
      clearTimeout(late);
      busy = false;
      paint();
      const wait = fails ? Math.min(60000, Math.min(every, 1000 * 2 ** fails)) : every;
      timer = setTimeout(pulse, wait * (0.9 + 0.2 * Math.random()));
    }
  }

  setInterval(paint, 1000);
  timer = setTimeout(pulse, every * Math.random());
  document.addEventListener('visibilitychange', () => { if (!document.hidden) pulse(); });
  addEventListener('online', pulse);
})();
