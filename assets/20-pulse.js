// The pulse: asks whether something changed. It notices a lost contact by itself, without the help of any callback,
// says what is wrong on the server, and loads the page anew when the server is a newer version.
// Spans are measured with the monotonic clock: setting the time of day makes no number older or younger.
(function () {
  const meta = document.querySelector('meta[name="marcador"]');
  if (!meta) return;
  const words = meta.dataset;
  const VERY_STALE = 300;
  const JITTER = 60000;
  const RELOADED = 'marcador-reloaded-for';
  let version = words.version;
  const build = words.build;
  let every = 1000 * Number(words.seconds);
  let heard = performance.now();
  let published = performance.now() - 1000 * Number(words.age);
  let problem = '';
  let busy = false;
  let fails = 0;
  let timer = null;
  let asksAt = 0;
  let isLeaving = false;

  function age(seconds) {
    if (seconds < 90) return words.justNow;
    const minutes = Math.round(seconds / 60);
    if (minutes < 90) return words.minutes.replace('{n}', minutes);
    const hours = Math.round(minutes / 60);
    return hours < 48 ? words.hours.replace('{n}', hours) : words.days.replace('{n}', Math.round(hours / 24));
  }

  function write(element, text) {
    if (element && element.textContent !== text) element.textContent = text;
  }

  // A page where several people work at once asks for a faster pulse, and gets it without waiting for the slow one.
  function pace() {
    const asked = document.querySelector('[data-mc-pulse]');
    return asked ? Math.min(every, 1000 * Number(asked.dataset.mcPulse)) : every;
  }

  function paint() {
    if (!fails && asksAt - performance.now() > 1.2 * pace()) pulse();
    const silent = (performance.now() - heard) / 1000;
    const isStale = silent > Math.max(4, 2.2 * pace() / 1000);
    const isVeryStale = silent > VERY_STALE;
    const isTroubled = !isStale && problem !== '';
    document.body.classList.toggle('mc-is-stale', isStale || isTroubled);
    document.body.classList.toggle('mc-is-very-stale', isVeryStale);
    const lost = words.noContact.replace('{age}', age(silent));
    write(document.getElementById('freshness'),
      isStale ? lost : words.updated.replace('{age}', age((performance.now() - published) / 1000)));
    const isWall = document.querySelector('.mc-wall') !== null;
    write(document.getElementById('shell-offline'), isWall ? '' : isStale ? lost : problem);
    if (!isStale && !isTroubled) return;
    write(document.querySelector('.mc-stale-words'), isTroubled ? problem : isVeryStale ? words.lostLong : words.lost);
    write(document.querySelector('.mc-stale-since'), isTroubled ? '' : ' ' + age(silent));
  }

  // Once per version: a page that was reloaded for it and is still another stays as it is.
  function renew(newer) {
    try {
      if (isLeaving || sessionStorage.getItem(RELOADED) === newer) return;
      sessionStorage.setItem(RELOADED, newer);
    } catch (refused) { return; }
    isLeaving = true;
    setTimeout(() => location.reload(), Math.random() * Math.min(JITTER, 4 * every));
  }

  async function ask() {
    const stop = new AbortController();
    // Longer than a server may be busy: each request given up is one more that waits there.
    const late = setTimeout(() => stop.abort(), Math.min(30000, Math.max(8000, 2 * every)));
    try {
      const answer = await fetch('/api/v1/pulse', {cache: 'no-store', redirect: 'error', signal: stop.signal});
      if (answer.status === 401 && !isLeaving) {  // the session has ended, or the screen was put out: back to the door
        isLeaving = true;
        location.reload();
      }
      const told = await answer.json();
      if (!answer.ok && !told.problem) throw new Error(String(answer.status));
      return told;
    } finally {
      clearTimeout(late);
    }
  }

  function hear(told) {
    heard = performance.now();
    fails = 0;
    problem = told.problem || '';
    if (told.seconds) every = 1000 * told.seconds;
    if (told.build && told.build !== build) renew(told.build);
    else if (told.data && told.data !== version && window.dash_clientside && window.dash_clientside.set_props) {
      version = told.data;
      published = performance.now();
      window.dash_clientside.set_props('data-version', {data: version});
    }
  }

  async function pulse() {
    if (busy) return;
    busy = true;
    clearTimeout(timer);
    let wait = 0;
    try {
      hear(await ask());
      wait = pace();
    } catch (silence) {
      fails += 1;
      const isFrozen = silence.name === 'AbortError';
      wait = isFrozen ? Math.min(300000, every * 2 ** fails) : Math.min(60000, pace(), 1000 * 2 ** fails);
    } finally {
      busy = false;
      paint();
      rest(wait * (0.9 + 0.2 * Math.random()));
    }
  }

  function rest(wait) {
    asksAt = performance.now() + wait;
    timer = setTimeout(pulse, wait);
  }

  setInterval(paint, 1000);
  rest(every * Math.random());
  document.addEventListener('visibilitychange', () => { if (!document.hidden) pulse(); });
  addEventListener('online', pulse);
})();
