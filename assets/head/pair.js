// A screen that waits to be let in asks every few seconds, one question at a time, and goes in by itself.
(function () {
  var begun = Date.now();
  function ask() {
    fetch('/pairing/state', {cache: 'no-store'}).then(function (answer) { return answer.json(); }).then(function (told) {
      if (told.state === 'ready') location.replace('/pairing/enter');
      else if (told.state === 'over' || Date.now() - begun > 540000) location.replace('/pairing');
      else setTimeout(ask, 3000);
    }).catch(function () { setTimeout(ask, 10000); });
  }
  setTimeout(ask, 2000);
})();
