// Resolves when the document has been still for `quiet` ms, at most after `cap` ms: true where the cap came first. `fresh`: nothing was
// done to the page just now, so stillness from before this call counts. Needs the memory of sight/hooks.js; without it (a document
// that the hooks did not reach) only what happens from now on is known.
([quiet, cap, fresh]) => new Promise((done) => {
  const memory = window.__gongping || {}, now = memory.now || (() => performance.now()), later = memory.later || setTimeout.bind(window);
  const start = now();
  const skeleton = () => [...document.querySelectorAll("[aria-busy=true],[class*=skeleton i],[class*=skel- i],[class*=-skel i],[class*=shimmer i],[class*=loading i]")]
    .some((e) => { const b = e.getBoundingClientRect(); return b.width > 40 && b.height > 16 && b.top < innerHeight && getComputedStyle(e).visibility === "visible" && !/lazy/i.test(e.className) && e.tagName !== "IMG"; });
  // A skeleton whose makers call it something else: several empty boxes in view that pulse or shimmer without end.
  const BONES = 3, full = "img,svg,video,canvas,iframe,input,button";
  const pulsing = () => {
    const boxes = new Set();
    for (const a of document.getAnimations()) {
      const e = a.effect && a.effect.target;
      if (!e || boxes.has(e) || a.playState !== "running" || a.effect.getComputedTiming().iterations !== Infinity) continue;
      if (e.matches(full) || e.querySelector(full) || e.textContent.trim() || getComputedStyle(e).backgroundImage.includes("url(")) continue;
      const b = e.getBoundingClientRect();
      if (b.width > 40 && b.height >= 10 && b.top < innerHeight && b.bottom > 0) boxes.add(e);
    }
    return boxes.size >= BONES;
  };
  const PLANS = 450, LEAVES = 600, MOVES = 600, SKELETON = 1500, CALLS = 2500; // ms for which the page's own plans, a farewell, movement, a skeleton and an answer are waited for
  const moving = () => document.getAnimations().some((a) => {
    const left = a.effect ? a.effect.getComputedTiming().endTime - (a.currentTime || 0) : 0; // a menu that slides in, not what goes on for long
    return a.playState === "running" && left > 0 && left <= MOVES;
  });
  const busy = (at) => {
    if (document.readyState === "loading") return true;
    if (at - Math.max(memory.changed || 0, fresh && memory.now ? 0 : start) < quiet) return true;
    if (memory.calls && [...memory.calls.values()].some((since) => at - since < CALLS)) return true; // longer: a long poll
    if (memory.left && at - memory.left < LEAVES) return true;
    if (memory.soon && window.setTimeout === memory.planned && at - start < PLANS && [...memory.soon.values()].some((due) => due > at - 50 && due < start + PLANS)) return true;
    if (at - start < MOVES && moving()) return true;
    return at - start < SKELETON && (skeleton() || pulsing());
  };
  const tick = () => {
    const at = now(), over = at - start > cap;
    if (over || !busy(at)) done(over);
    else later(tick, 15);
  };
  tick();
})
