// The heat map by mouse and keyboard; what is chosen beside filters lives in the address.
(function () {
  const GRID = '[data-mc-grid]';
  const SIDES = ['a', 'b', 'from', 'to'];
  let wantsDrawer = false;

  function write(changes, isStep) {
    const next = new URLSearchParams(location.search);
    for (const [key, value] of Object.entries(changes)) value ? next.set(key, value) : next.delete(key);
    const text = next.toString();
    if (text === new URLSearchParams(location.search).toString()) return;
    history[isStep ? 'pushState' : 'replaceState']({}, '', location.pathname + (text ? '?' + text : ''));
  }

  function sides() {
    const told = new URLSearchParams(location.search);
    return Object.fromEntries(SIDES.filter((key) => told.get(key)).map((key) => [key, told.get(key)]));
  }

  // What the store of the page that is drawn holds: it begins with what its address said.
  let compared = null;
  let drawn = null;
  const choices = () => document.getElementById('journey-choices');

  function meet() {
    if (choices() === drawn) return;
    drawn = choices();
    compared = JSON.stringify(sides());
  }

  function tellSides() {
    const now = sides();
    if (choices() === drawn && JSON.stringify(now) === compared) return;
    drawn = choices();
    compared = JSON.stringify(now);
    tell('journey-sides', {data: now});
  }

  // Before Dash is there it is told by the address, which it reads when it comes.
  function tell(id, props) {
    const {set_props: set} = window.dash_clientside;
    if (set) set(id, props);
  }

  const cells = (grid) => Array.from(grid.querySelectorAll('.mc-heat-cell'));

  function roam(grid, to) {
    cells(grid).forEach((cell) => { cell.tabIndex = cell === to ? 0 : -1; });
    to.focus();
    to.scrollIntoView({block: 'nearest', inline: 'nearest'});
  }

  function open(cell) {
    const grid = cell.closest(GRID);
    cells(grid).forEach((one) => {
      one.classList.toggle('mc-open', one === cell);
      one.setAttribute('aria-selected', one === cell ? 'true' : 'false');
      one.tabIndex = one === cell ? 0 : -1;
    });
    const {moment, row} = cell.dataset;
    write({cell: moment, of: row});
    wantsDrawer = true;
    tell('journey-cell', {data: {moment, row}});
    const drawer = document.getElementById('journey-drawer');
    if (drawer && innerWidth <= 1200) drawer.scrollIntoView({block: 'start'});
  }

  document.addEventListener('click', (event) => {
    const cell = event.target.closest && event.target.closest(GRID + ' .mc-heat-cell');
    if (cell) open(cell);
  });

  document.addEventListener('keydown', (event) => {
    const cell = event.target.closest && event.target.closest(GRID + ' .mc-heat-cell');
    if (!cell) {
      if (event.key === 'Escape' && event.target.closest && event.target.closest('#journey-drawer')) {
        const back = document.querySelector(GRID + ' .mc-open');
        if (back) back.focus();
      }
      return;
    }
    const grid = cell.closest(GRID);
    const line = Number(cell.dataset.line);
    const place = Number(cell.dataset.place);
    const at = (other, there) => grid.querySelector(`[data-line="${other}"][data-place="${there}"]`);
    const mine = grid.querySelectorAll(`[data-line="${line}"]`);
    const moves = {
      ArrowRight: () => at(line, place + 1), ArrowLeft: () => at(line, place - 1),
      ArrowDown: () => at(line + 1, place), ArrowUp: () => at(line - 1, place),
      Home: () => mine[0], End: () => mine[mine.length - 1],
    };
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      open(cell);
    } else if (moves[event.key]) {
      event.preventDefault();
      const to = moves[event.key]();
      if (to) roam(grid, to);
    }
  });

  document.addEventListener('change', (event) => {
    const control = event.target.closest && event.target.closest('[data-mc-key]');
    if (!control) return;
    const {mcKey: key} = control.dataset;
    const {value} = event.target;
    meet();
    if (event.target.type === 'date' && value && value < '1970') return;
    const rest = {};
    if (SIDES.includes(key)) {
      document.querySelectorAll('#journey-choices [data-mc-key]').forEach((one) => {
        rest[one.dataset.mcKey] = one.querySelector('select, input').value;
      });
    }
    if (key === 'versus') SIDES.forEach((side) => { rest[side] = ''; });
    if (key === 'pivot') Object.assign(rest, {cell: '', of: ''});
    write({...rest, [key]: value}, true);
    if (key === 'pivot') tell('journey-cell', {data: null});
    if (key === 'versus' || SIDES.includes(key)) tellSides();
  });

  // Back and forward: the controls follow the address.
  addEventListener('popstate', () => {
    if (location.pathname !== '/journey' || !choices()) return;
    const told = new URLSearchParams(location.search);
    document.querySelectorAll('[data-mc-key][data-mc-usual]').forEach((control) => {
      const select = control.querySelector('select');
      const value = told.get(control.dataset.mcKey) || control.dataset.mcUsual;
      if (select.value !== value) tell(select.id, {value});
    });
    tellSides();
  });

  new MutationObserver(() => {
    const title = wantsDrawer && document.getElementById('journey-drawer-title');
    if (!title || !document.activeElement || !document.activeElement.closest(GRID)) return;
    const cell = document.activeElement;
    if (title.textContent.includes(cell.getAttribute('aria-label').split(',')[0])) {
      wantsDrawer = false;
      title.focus({preventScroll: innerWidth > 1200});
    }
  }).observe(document, {childList: true, subtree: true, characterData: true});

  const monday = (day) => new Date(day.getTime() - ((day.getUTCDay() + 6) % 7) * 864e5);
  const told = (day) => day.toISOString().slice(0, 10);

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    marcador: Object.assign({}, (window.dash_clientside || {}).marcador, {
      brushed: function (selected) {
        if (!selected || !selected.points || !selected.points.length) return window.dash_clientside.no_update;
        const days = selected.points.map((point) => String(point.x).slice(0, 10)).sort();
        const last = new Date(monday(new Date(days[days.length - 1] + 'T12:00Z')).getTime() + 6 * 864e5);
        window.marcadorPeriod(`since=${told(monday(new Date(days[0] + 'T12:00Z')))}&until=${told(last)}`);
        return {at: Date.now()};
      },
    }),
  });
})();
