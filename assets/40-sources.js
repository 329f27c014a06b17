// Choosing a file: streamed to the server as it is, then followed until the job is done.
(function () {
  const words = () => document.querySelector('meta[name="marcador"]').dataset;
  const progress = (id, text) => { const line = document.getElementById(id); if (line) line.textContent = text; };

  // A slot names the store that hears of the upload and the line that shows its progress.
  function send(file, slot) {
    if (!file) return;
    const {mcFile: store, mcLine: line} = slot.dataset;
    const request = new XMLHttpRequest();
    request.open('POST', '/api/v1/uploads');
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.upload.onprogress = (event) => progress(line,
      words().uploading + ' ' + Math.round(100 * event.loaded / Math.max(1, event.total)) + ' %');
    request.onload = () => {
      let told = {};
      try { told = JSON.parse(request.responseText); } catch (unreadable) { told = {}; }
      if (request.status !== 200) { progress(line, told.error || words().failed); return; }
      progress(line, '');
      window.dash_clientside.set_props(store, {data: {upload: told.upload, name: file.name, at: Date.now()}});
    };
    request.onerror = () => progress(line, words().failed);
    request.send(file);
  }

  // Dash has no plain file input: it is put where the page leaves room for it.
  function place() {
    const slot = document.querySelector('[data-mc-file]:empty');
    if (!slot) return;
    const input = document.createElement('input');
    input.type = 'file';
    input.className = 'mc-file';
    input.accept = '.csv,.tsv,.txt,.xlsx,.xls,.xlsb,.ods,.parquet';
    input.addEventListener('change', () => { send(input.files[0], slot); input.value = ''; });
    slot.appendChild(input);
  }
  new MutationObserver(place).observe(document.documentElement, {childList: true, subtree: true});

  addEventListener('dragover', (event) => { if (event.target.closest && event.target.closest('.mc-drop')) event.preventDefault(); });
  addEventListener('drop', (event) => {
    if (!event.target.closest || !event.target.closest('.mc-drop')) return;
    event.preventDefault();
    send(event.dataTransfer.files[0], event.target.closest('.mc-drop').querySelector('[data-mc-file]'));
  });

  const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

  async function follow(asked, line, skip) {
    if (!asked || !asked.job) return skip;
    for (;;) {
      let job = null;
      try {
        const answer = await fetch('/api/v1/jobs/' + asked.job, {cache: 'no-store'});
        if (answer.ok) job = await answer.json();
      } catch (silence) { job = null; }
      if (job && (job.state === 'done' || job.state === 'failed')) {
        progress(line, job.state === 'failed' && line === 'firstrun-progress' ? job.message : '');
        return job;
      }
      progress(line, job ? job.stage + ' ' + Math.round(100 * job.done) + ' %' : words().waiting);
      await wait(300);
    }
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    marcador: Object.assign({}, (window.dash_clientside || {}).marcador, {
      follow: (asked) => follow(asked, 'sources-progress', window.dash_clientside.no_update),
      erase: (asked) => follow(asked, 'erasure-progress', window.dash_clientside.no_update),
      begin: async (asked) => {
        const job = await follow(asked, 'firstrun-progress', null);
        if (job && job.state === 'done') location.assign('/');
        return window.dash_clientside.no_update;
      },
    }),
  });
})();
