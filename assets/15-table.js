// Tables behind figures arrive as one component and are drawn here: Dash pays for each of its components at every
// change of the page, a browser does not. What is in the cells is text and stays text.
(function () {
  const NAME = 'data-mc-table';

  function row(kind, texts, head) {
    const line = document.createElement('tr');
    texts.forEach((text, place) => {
      const isHead = head || place === 0;
      const cell = document.createElement(isHead ? 'th' : 'td');
      if (isHead) cell.scope = head ? 'col' : 'row';
      cell.textContent = text;
      line.append(cell);
    });
    kind.append(line);
  }

  function draw(place) {
    place.querySelectorAll(':scope > table[data-mc-drawn]').forEach((old) => old.remove());
    const text = place.getAttribute(NAME);
    if (!text) return;
    const told = JSON.parse(text);
    const table = document.createElement('table');
    table.className = 'mc-table';
    table.dataset.mcDrawn = '';
    table.createCaption().textContent = told.caption;
    row(table.createTHead(), told.columns, true);
    const body = table.createTBody();
    told.rows.forEach((texts) => row(body, texts, false));
    place.append(table);
  }

  function look(node) {
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    if (node.hasAttribute(NAME)) draw(node);
    node.querySelectorAll('[' + NAME + ']').forEach(draw);
  }

  look(document.documentElement);
  new MutationObserver((changes) => changes.forEach((change) => {
    if (change.type === 'attributes') draw(change.target);
    else change.addedNodes.forEach(look);
  })).observe(document.documentElement, {childList: true, subtree: true, attributes: true, attributeFilter: [NAME]});
})();
