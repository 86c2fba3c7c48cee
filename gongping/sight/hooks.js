// Runs before the page's own scripts, in every frame. It changes nothing that the page shows; it only remembers what a walk
// could not learn later: closed shadow roots, which elements listen for clicks, and whether the page is still at work; and it keeps a flood of lines for the console from the protocol.
(() => {
  if (window.__gongping) return;
  // the browser's own clock, whatever a page or a test puts in its place later
  const now = performance.now.bind(performance), later = window.setTimeout.bind(window), native = window.setTimeout, forget = window.clearTimeout;
  const memory = {
    roots: new WeakMap(), listening: new WeakSet(), stopped: [], now, later,
    changed: now(), // when the document changed last
    left: 0, // when it was about to be left
    soon: new Map(), // what it means to do within moments: timer -> when
    calls: new Map(), // what it asked a server for and waits for: call -> since when
    opens: 0, // windows and files that it asked the browser for: they come later than the page is at rest
  };
  Object.defineProperty(window, "__gongping", { value: memory, enumerable: false });

  const places = new WeakMap(); // a clock or a countdown changes the same place again and again and never grows: it is no change
  const observer = new MutationObserver((list) => {
    const at = now();
    for (const place of new Set(list.map((m) => m.target))) {
      const size = place.childNodes.length, before = places.get(place);
      const again = before && before.size === size && at - before.at < 1500;
      places.set(place, { size, at, times: again ? before.times + 1 : 1 });
      if (!again || before.times < 4) memory.changed = at;
    }
  });
  const watch = (root) => observer.observe(root, { childList: true, subtree: true });
  watch(document);
  window.addEventListener("beforeunload", () => { memory.left = now(); }, true);

  const SOON = 400; // ms: what people wait for after a key or a click (debounced suggestions, a menu that slides in)
  const kin = new Map(); // the same timer started again and again is a poll
  const polls = (handler, delay) => {
    const key = `${delay} ${Function.prototype.toString.call(handler).slice(0, 200)}`, at = now(), before = kin.get(key);
    const times = before && at - before.at < 1500 ? before.times + 1 : 1;
    if (kin.size > 200) kin.clear();
    kin.set(key, { at, times });
    return times > 3;
  };
  window.setTimeout = function setTimeout(handler, delay, ...rest) {
    if (typeof handler !== "function" || delay > SOON || polls(handler, delay)) return native.call(window, handler, delay, ...rest);
    const timer = native.call(window, function (...all) {
      memory.soon.delete(timer);
      return handler.apply(this, all);
    }, delay, ...rest);
    memory.soon.set(timer, now() + (+delay || 0));
    return timer;
  };
  memory.planned = window.setTimeout; // where it is another one later, the plans are not the page's own (a clock that we moved on)
  window.clearTimeout = function clearTimeout(timer) {
    memory.soon.delete(timer);
    return forget.call(window, timer);
  };

  // Known here before the browser tells anybody else. What is sent without waiting for an answer (a beacon) is none.
  const begin = () => { const call = {}; memory.calls.set(call, now()); return () => { if (memory.calls.delete(call)) memory.changed = now(); }; };
  const ask = window.fetch;
  if (ask) window.fetch = function fetch(input, init) {
    const answer = ask.apply(this, arguments);
    if ((init && init.keepalive) || (input instanceof Request && input.keepalive)) return answer;
    const end = begin();
    answer.then(end, end);
    return answer;
  };
  const send = XMLHttpRequest.prototype.send;
  XMLHttpRequest.prototype.send = function () {
    const end = begin();
    this.addEventListener("loadend", end, { once: true });
    try { return send.apply(this, arguments); } catch (error) { end(); throw error; }
  };

  const open = window.open;
  window.open = function () {
    const opened = open.apply(this, arguments);
    if (opened) memory.opens++;
    return opened;
  };
  const elsewhere = (node) => node instanceof HTMLAnchorElement && /^(https?|blob|data):/.test(node.href)
    && (node.hasAttribute("download") || (node.target && !/^_(self|parent|top)$/i.test(node.target)));
  window.addEventListener("click", (event) => {
    if (event.composedPath().some(elsewhere)) later(() => { if (!event.defaultPrevented) memory.opens++; }, 0);
  }, true);

  const LINES = 200; // of a document's talk to its console: every line goes through the protocol before the answer to the next question
  for (const name of ["log", "info", "warn", "error", "debug"]) {
    const say = console[name].bind(console);
    let said = 0;
    console[name] = (...all) => { if (said++ < LINES) say(...all); };
  }

  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (init) {
    const root = attach.call(this, init);
    memory.roots.set(this, root);
    watch(root);
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
