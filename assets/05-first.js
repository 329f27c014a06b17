// The first paint was made by the server. It goes when the page itself stands, and not before: or when it never will.
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
  setTimeout(takeOver, LATEST);
})();
