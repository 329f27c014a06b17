// The wall: scenes in turn, the clock, a drift of a few pixels, one quiet reload a night. Nothing here asks the server.
(function () {
  const SECONDS = {score: 30, teams: 20, 'teams-2': 20, 'teams-3': 20, voice: 12};
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
    until = Date.now() + 1000 * (SECONDS[scenes[place]] || 15);
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
    wall.style.transform = asked ? '' : ['none', 'translate(2px,0)', 'translate(2px,2px)', 'translate(0,2px)'][step];
  }

  const opened = Date.now();
  function night() {
    if (document.querySelector('.mc-wall') && Date.now() - opened > 72000000 && new Date().getHours() === 4) {
      setTimeout(() => location.reload(), Math.random() * 60000);
    }
  }

  setInterval(turn, 250);
  setInterval(() => { clock(); drift(); }, 5000);
  setInterval(night, 600000);
})();
