// The first paint was made by the server. It goes when the page itself stands, and not before.
(function () {
  const READY = '#scoreboard-headline > *, .mc-scene, .mc-welcome, .mc-steps, .mc-pair, .mc-empty';
  const watch = new MutationObserver(() => {
    const screen = document.getElementById('shell-screen');
    if (!screen || !screen.querySelector(READY)) return;
    watch.disconnect();
    document.getElementById('first-paint').replaceChildren();
  });
  watch.observe(document.getElementById('react-entry-point'), {childList: true, subtree: true});
})();
