// The grid's script comes when somebody scrolls to it, and from this very server.
(function () {
  const SOURCE = '/_dash-component-suites/dash_ag_grid/dash_ag_grid.min.js';
  let loading = null;

  const load = () => {
    loading = loading || new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = SOURCE;
      script.onload = () => resolve(true);
      script.onerror = reject;
      document.head.append(script);
    });
    return loading;
  };

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
      loadGrid: function () {
        const place = document.getElementById('grid-place');
        if (!place || place.dataset.asked) return window.dash_clientside.no_update;
        place.dataset.asked = '1';
        return near(place).then(load);
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
