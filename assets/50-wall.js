// The wall: scenes in turn, the clock, a drift of a few pixels, the night, one quiet reload. Nothing here asks the server.
(function () {
  const orders = () => (document.querySelector('.mc-wall-orders') || {dataset: {}}).dataset;
  const asked = new URLSearchParams(location.search).get('scene');
  let place = 0;
  let until = 0;

  function turn() {
    const wall = document.querySelector('.mc-wall');
    if (!wall) return;
    const scenes = Array.from(wall.querySelectorAll('.mc-scene')).map((scene) => scene.dataset.scene);
    if (!scenes.length) return;
    if (asked && scenes.includes(asked)) { wall.dataset.on = asked; return; }
    if (!scenes.includes(wall.dataset.on)) { place = 0; until = 0; }
    if (Date.now() < until) return;
    if (until) place = (place + 1) % scenes.length;
    wall.dataset.on = scenes[place];
    until = Date.now() + 1000 * (Number(orders().seconds) || 30);
  }

  function clock() {
    const faces = document.querySelectorAll('.mc-clock');
    const zone = document.querySelector('meta[name="marcador"]').dataset.zone;
    if (!faces.length) return;
    const now = new Intl.DateTimeFormat('es', {hour: 'numeric', minute: '2-digit', hour12: false, timeZone: zone}).format(new Date());
    if (document.querySelector('meta[name="marcador"]').dataset.pinned === '1') return;
    faces.forEach((face) => { if (face.textContent !== now) face.textContent = now; });
  }

  function drift() {
    const wall = document.querySelector('.mc-wall');
    if (!wall) return;
    const step = Math.floor(Date.now() / 300000) % 4;
    wall.style.transform = asked || !orders().drifts ? '' : ['none', 'translate(2px,0)', 'translate(2px,2px)', 'translate(0,2px)'][step];
  }

  function dim() {
    const wall = document.querySelector('.mc-wall');
    if (!wall) return;
    const [from, to] = (orders().night || '').split('-');
    const zone = document.querySelector('meta[name="marcador"]').dataset.zone;
    const hour = {hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone};
    const now = new Intl.DateTimeFormat('en-GB', hour).format(new Date());
    const isNight = Boolean(from) && (from < to ? from <= now && now < to : now >= from || now < to);
    wall.classList.toggle('mc-is-night', isNight);
    if (orders().theme && orders().theme !== wall.dataset.bsTheme) location.reload();
  }

  // One quiet reload a night, ten minutes around four o'clock of the company, and only from a server that answers.
  const HOUR = 3600000;
  const AROUND = 600000;

  function untilFour() {
    const zone = document.querySelector('meta[name="marcador"]').dataset.zone;
    const part = {hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', timeZone: zone};
    const [hours, minutes, seconds] = new Intl.DateTimeFormat('en', part).format(new Date()).split(':').map(Number);
    const left = 4 * HOUR - 1000 * (3600 * hours + 60 * minutes + seconds);
    return left > AROUND ? left : left + 24 * HOUR;
  }

  let due = performance.now() + untilFour() + AROUND * (2 * Math.random() - 1);
  function night() {
    if (!document.querySelector('.mc-wall') || performance.now() < due) return;
    due = performance.now() + AROUND;
    if (!document.body.classList.contains('mc-is-stale')) location.reload();
  }

  setInterval(turn, 250);
  setInterval(() => { clock(); drift(); dim(); }, 5000);
  setInterval(night, 60000);
})();
