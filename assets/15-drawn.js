// What holds no control arrives as one component with a tree of texts and attributes and is drawn here: Dash pays for
// each of its components at every change of the page, a browser does not. Elements that stay are kept, with the focus
// and what somebody opened. A text is a text and stays one.
(function () {
  const NAME = 'data-mc-tree';
  const LEFT = ['open'];
  const drawn = new WeakMap();
  const dressed = new WeakMap();

  // What a person changes by hand is left so until the page says something else of it than before.
  function dress(node, told) {
    const before = dressed.get(node) || {};
    const isLeft = (name) => LEFT.includes(name) && told[name] === before[name];
    dressed.set(node, told);
    Array.from(node.attributes).forEach(({name}) => {
      if (!(name in told) && !isLeft(name)) node.removeAttribute(name);
    });
    node.removeAttribute('style');
    Object.entries(told).forEach(([name, value]) => {
      if (isLeft(name)) return;
      if (name === 'style') {
        Object.entries(value).forEach(([key, one]) => {
          if (key in node.style) node.style[key] = one;
          else node.style.setProperty(key, one);
        });
      } else if (node.getAttribute(name) !== value) node.setAttribute(name, value);
    });
  }

  function fill(node, trees) {
    let at = node.firstChild;
    trees.forEach((tree) => {
      if (typeof tree === 'string') {
        if (at && at.nodeType === Node.TEXT_NODE) {
          if (at.data !== tree) at.data = tree;
          at = at.nextSibling;
        } else node.insertBefore(document.createTextNode(tree), at);
        return;
      }
      const [tag, told, ...inner] = tree;
      const stays = at && at.localName === tag;
      const one = stays ? at : document.createElement(tag);
      dress(one, told);
      fill(one, inner);
      if (stays) at = at.nextSibling;
      else node.insertBefore(one, at);
    });
    while (at) {
      const next = at.nextSibling;
      at.remove();
      at = next;
    }
  }

  function draw(place) {
    const text = place.getAttribute(NAME);
    if (text) {
      fill(place, JSON.parse(text).slice(2));
      drawn.set(place, Array.from(place.childNodes));
    } else {
      (drawn.get(place) || []).forEach((one) => one.remove());
      drawn.delete(place);
    }
  }

  function look(node) {
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    if (node.hasAttribute(NAME)) draw(node);
    node.querySelectorAll('[' + NAME + ']').forEach(draw);
  }

  document.addEventListener('click', (event) => {
    const link = event.target.closest && event.target.closest('#react-entry-point a[data-mc-link]');
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.pushState({}, '', link.href);
    dispatchEvent(new CustomEvent('_dashprivate_pushstate'));
    scrollTo(0, 0);
  });

  look(document.documentElement);
  new MutationObserver((changes) => changes.forEach((change) => {
    if (change.type === 'attributes') draw(change.target);
    else change.addedNodes.forEach(look);
  })).observe(document.documentElement, {childList: true, subtree: true, attributes: true, attributeFilter: [NAME]});
})();
