// One writer of the address. Filters live in it; a change of filters alone redraws no page.
(function () {
  const FILTERS = ['team', 'segment', 'channel', 'site', 'moment', 'touchpoint', 'account', 'area', 'role', 'audience',
    'source', 'since', 'until'];
  let shownPath = null;
  let query = null;
  let isActing = false;

  // Only a person's change of a control writes the address; controls that are drawn anew, perhaps late, never do.
  document.addEventListener('change', (event) => {
    if (event.target.closest && event.target.closest('.mc-filters')) isActing = true;
  }, true);

  const tell = () => {
    const {set_props: set} = window.dash_clientside;  // there once Dash is: before that it reads the address by itself
    if (set) set('shell-popped', {data: {at: Date.now(), search: location.search}});
  };
  addEventListener('popstate', tell);
  addEventListener('_dashprivate_pushstate', tell);

  const only = (search) => {
    const kept = new URLSearchParams();
    for (const [key, value] of new URLSearchParams(search)) if (FILTERS.includes(key)) kept.append(key, value);
    return kept.toString();
  };

  function write(changed) {
    const next = new URLSearchParams();
    for (const [key, value] of new URLSearchParams(location.search)) if (!FILTERS.includes(key)) next.append(key, value);
    for (const [key, value] of changed) next.append(key, value);
    const text = next.toString();
    history.pushState({}, '', location.pathname + (text ? '?' + text : ''));
    query = changed.toString();
    return {query};
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    marcador: Object.assign({}, (window.dash_clientside || {}).marcador, {
      route: function () {
        const skip = window.dash_clientside.no_update;
        const path = location.pathname;
        const now = only(location.search);
        const isNewPath = path !== shownPath;
        const isNewQuery = now !== query;
        shownPath = path;
        query = now;
        document.documentElement.dataset.path = path;
        return [isNewPath ? {path, search: location.search} : skip, isNewQuery || isNewPath ? {query: now} : skip];
      },
      silence: function () { return ''; },
      choose: function () {
        const {triggered, triggered_id: link} = window.dash_clientside.callback_context;
        if (!link || !triggered.some((one) => one.value)) return window.dash_clientside.no_update;
        return Object.entries(link).find(([key]) => key !== 'type')[1];
      },
      filter: function (choices, edges, choiceIds, edgeIds) {
        const changed = new URLSearchParams();
        const drawn = new Set(choiceIds.map((id) => id.dimension));
        for (const [key, value] of new URLSearchParams(location.search)) {
          if (FILTERS.includes(key) && !drawn.has(key) && key !== 'since' && key !== 'until') changed.append(key, value);
        }
        choiceIds.forEach((id, place) => (choices[place] || []).forEach((value) => changed.append(id.dimension, value)));
        edgeIds.forEach((id, place) => edges[place] && changed.append(id.edge, edges[place]));
        const sorted = (text) => Array.from(new URLSearchParams(text)).map(String).sort().join();
        if (!isActing || (!choiceIds.length && !edgeIds.length)) return window.dash_clientside.no_update;
        if (sorted(changed.toString()) === sorted(query || '')) return window.dash_clientside.no_update;
        isActing = false;
        return write(changed);
      },
    }),
  });

  window.marcadorPeriod = function (text) {
    const changed = new URLSearchParams();
    for (const [key, value] of new URLSearchParams(location.search)) {
      if (FILTERS.includes(key) && key !== 'since' && key !== 'until') changed.append(key, value);
    }
    for (const [key, value] of new URLSearchParams(text)) changed.append(key, value);
    window.dash_clientside.set_props('shell-filters', {data: write(changed)});
  };
})();
