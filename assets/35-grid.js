// The grid's script comes after everything else was drawn, and from this very server.
(function () {
  const SOURCE = '/_dash-component-suites/dash_ag_grid/dash_ag_grid.min.js';
  let loading = null;

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    marcador: Object.assign({}, (window.dash_clientside || {}).marcador, {
      loadGrid: function () {
        if (window.dash_ag_grid) return true;
        loading = loading || new Promise((resolve, reject) => {
          const script = document.createElement('script');
          script.src = SOURCE;
          script.onload = () => resolve(true);
          script.onerror = reject;
          document.head.append(script);
        });
        return loading;
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
