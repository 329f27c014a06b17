// The grid's script comes when somebody scrolls to it, and from this very server.
(function () {
  const SOURCE = '/_dash-component-suites/dash_ag_grid/dash_ag_grid.min.js';
  let loading = null;
  let shown = null;

  const load = () => {
    loading = loading || new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = SOURCE;
      script.onload = () => resolve(true);
      script.onerror = (error) => { loading = null; reject(error); };
      document.head.append(script);
    });
    return loading;
  };

  // Rows are asked for again where they stand: order, search and place stay as somebody left them.
  function readAnew() {
    if (document.getElementById('grid')) window.dash_ag_grid.getApiAsync('grid').then((grid) => grid.refreshInfiniteCache());
  }

  const near = (place) => new Promise((resolve) => {
    const watch = new IntersectionObserver((seen) => {
      if (!seen.some((one) => one.isIntersecting)) return;
      watch.disconnect();
      resolve();
    }, {rootMargin: '200px'});
    watch.observe(place);
  });

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    marcador: Object.assign({}, (window.dash_clientside || {}).marcador, {
      // Asked at every change of the view. Of promises still open Dash keeps the last: each one leads to the grid.
      loadGrid: function (ledger, version, isReady) {
        const place = document.getElementById('grid-place');
        const isNews = version !== shown;
        shown = version;
        if (place && !isReady) return near(place).then(load);
        if (place && isNews) readAnew();
        return window.dash_clientside.no_update;
      },
      openStory: function (rows) {
        const row = rows && rows[0];
        if (!row || !row.what || row.key === undefined) return window.dash_clientside.no_update;
        history.pushState({}, '', '/commitments?open=' + encodeURIComponent(row.key));
        dispatchEvent(new CustomEvent('_dashprivate_pushstate'));
        document.getElementById('commitments-story').scrollIntoView({block: 'center'});
        return row.key;
      },
    }),
  });
})();
