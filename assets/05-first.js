// The first paint was made by the server. It goes when the page itself stands, and not before. Where the page is there
// but what it asked for does not come, it goes too: only the page can say what is wrong.
(function () {
  const READY = '#scoreboard-headline > *, #journey-grid > *, #commitments-numbers > *, .mc-scene, .mc-welcome, ' +
    '.mc-steps, .mc-empty';
  const LATEST = 20000;
  const watch = new MutationObserver(() => {
    const screen = document.getElementById('shell-screen');
    if (screen && screen.querySelector(READY)) takeOver();
  });

  function takeOver() {
    watch.disconnect();
    document.getElementById('first-paint').replaceChildren();
  }

  watch.observe(document.getElementById('react-entry-point'), {childList: true, subtree: true});
  (function late() {
    setTimeout(() => { document.querySelector('#shell-screen > *') ? takeOver() : late(); }, LATEST);
  })();
})();
