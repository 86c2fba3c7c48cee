// Runs before the page's own scripts, in every frame. It changes nothing that the page shows; it only remembers what a walk
// could not learn later: closed shadow roots and which elements listen for clicks.
(() => {
  if (window.__gongping) return;
  const memory = { roots: new WeakMap(), listening: new WeakSet(), stopped: [] };
  Object.defineProperty(window, "__gongping", { value: memory, enumerable: false });
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (init) {
    const root = attach.call(this, init);
    memory.roots.set(this, root);
    return root;
  };
  const listen = EventTarget.prototype.addEventListener;
  EventTarget.prototype.addEventListener = function (type, handler, options) {
    if (this instanceof Element && /^(click|mousedown|mouseup|pointerdown|pointerup|touchstart|touchend)$/.test(type)) {
      memory.listening.add(this);
    }
    return listen.call(this, type, handler, options);
  };
})();
