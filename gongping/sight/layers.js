// What lies over the page now. Reads only: it writes nothing into the page.
// Called as ([handle, elements]) with the handle of a walk (collect.js) or null. Returns a JSON string:
// layers: outermost lifted elements (fixed, top layer, modal, absolute over foreign content) that paint something, each with
//   i (index in the walk, -1), panel (box of what it paints, viewport CSS px), kind overlay | float | bar | rail, share of the
//   viewport, centre (covers the middle), top (share of the panel that nothing paints over), mask (dims or catches the page), z,
//   text, sig (structure, for telling popups apart)
// masks: lifted elements that cover the view and paint no content, each with i, alpha, blocks (takes the pointer in the middle)
// standing: for each given element whether it still paints or blocks; locked: whether a page longer than the view can't be scrolled.
([handle, elements]) => {
  const memory = window.__gongping;
  const vw = innerWidth, vh = innerHeight, view = vw * vh;
  const order = handle ? new Map(handle.nodes.map((n, i) => [n, i])) : new Map();
  const rootOf = (el) => el.shadowRoot || (memory && memory.roots.get(el)) || null;
  const kids = (el) => { const r = rootOf(el); return r ? r.children : el.tagName === "SLOT" && el.assignedElements().length ? el.assignedElements() : el.children; };
  const up = (n) => n.assignedSlot || n.parentElement || (n.getRootNode && n.getRootNode().host) || null;
  const inside = (node, of) => { for (let n = node; n; n = up(n)) if (n === of) return true; return false; };
  const clip = (r) => { const x = Math.max(0, r.left), y = Math.max(0, r.top), x1 = Math.min(vw, r.right), y1 = Math.min(vh, r.bottom); return x1 - x > 1 && y1 - y > 1 ? [x, y, x1, y1] : null; };
  const area = (b) => b ? (b[2] - b[0]) * (b[3] - b[1]) : 0;
  const join = (a, b) => a ? [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])] : b;
  const alphaOf = (c) => { const m = c.match(/[\d.]+/g); return !m ? 0 : m.length < 4 ? 1 : parseFloat(m[3]); };
  const MEDIA = /^(IMG|svg|CANVAS|VIDEO|IFRAME|INPUT|SELECT|TEXTAREA|OBJECT|EMBED)$/;
  const matches = (el, q) => { try { return el.matches(q); } catch (e) { return false; } };
  const STATE = /^(is-|has-)|(^|[-_])(in|out|show|shown|open|opened|active|visible|fade|enter|entering|entered|leave|appear|animate|animated|ready|loaded)([-_]|$)/i; // comes and goes with transitions
  const topLayer = (el) => matches(el, ":modal") || matches(el, ":popover-open");
  const paints = (el, s) => MEDIA.test(el.tagName) || el.ownerSVGElement || s.backgroundImage !== "none" || alphaOf(s.backgroundColor) > 0.1;
  const stackAt = (x, y) => {
    const found = [];
    for (const el of document.elementsFromPoint(x, y)) {
      const inner = [];
      let r = rootOf(el);
      while (r && r.elementsFromPoint) { const e = r.elementsFromPoint(x, y).find((n) => r.contains(n)); if (!e || inner.includes(e)) break; inner.unshift(e); r = rootOf(e); }
      for (const e of [...inner, el]) if (!found.includes(e)) found.push(e);
    }
    return found;
  };
  const content = (el) => { // foreign things a person would look at: text, pictures, controls
    if (MEDIA.test(el.tagName)) return true;
    return el.tagName !== "MAIN" && el.textContent.trim().length > 1;
  };
  const walk = (el, opacity, visit) => { // visible elements of a subtree, with what they paint
    const s = getComputedStyle(el);
    if (s.display === "none") return;
    const o = opacity * parseFloat(s.opacity || "1");
    if (o < 0.04) return;
    if (s.visibility === "visible") visit(el, s, o);
    if (el.tagName !== "svg" && el.tagName !== "IFRAME") for (const k of kids(el)) if (!/^(SCRIPT|STYLE|TEMPLATE|NOSCRIPT)$/.test(k.tagName)) walk(k, o, visit);
  };
  const measure = (root) => {
    let panel = null, alpha = 0, catcher = false, cover = null, opaque = false;
    let opacity = 1;
    for (let n = up(root); n; n = up(n)) { const s = getComputedStyle(n); if (s.display === "none") return null; opacity *= parseFloat(s.opacity || "1"); }
    walk(root, opacity, (el, s, o) => {
      if (s.clipPath !== "none" && /inset\((50|100)%|circle\(0/.test(s.clipPath)) return;
      const box = clip(el.getBoundingClientRect());
      const own = [...el.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
      if (/vmax|9999|\d{4,}px/.test(s.boxShadow)) alpha = Math.max(alpha, alphaOf(s.boxShadow) * o, 0.3);
      if (!box) return;
      const whole = area(box) >= 0.85 * view;
      if (whole && !MEDIA.test(el.tagName)) {
        cover = el;
        const a = Math.max(alphaOf(s.backgroundColor), s.backdropFilter && s.backdropFilter !== "none" ? 0.5 : 0) * o;
        if (s.backgroundImage.includes("url(")) { panel = join(panel, box); return; }
        if (a >= 0.97 && alphaOf(s.backgroundColor) > 0.97) opaque = true;
        alpha = Math.max(alpha, a);
        if (s.pointerEvents !== "none") catcher = true;
      }
      if (own) {
        const range = document.createRange();
        for (const n of el.childNodes) if (n.nodeType === 3 && n.data.trim()) {
          range.selectNodeContents(n);
          for (const r of range.getClientRects()) { const b = clip(r); if (b) panel = join(panel, b); }
        }
      }
      if (whole && !MEDIA.test(el.tagName)) return;
      if (paints(el, s) || s.boxShadow !== "none" || parseFloat(s.borderTopWidth) > 0 && s.borderTopStyle !== "none") panel = join(panel, box);
    });
    if (topLayer(root)) { const b = getComputedStyle(root, "::backdrop"); if (matches(root, ":modal")) { alpha = Math.max(alpha, alphaOf(b.backgroundColor)); catcher = true; } }
    if (opaque && panel) panel = [0, 0, vw, vh];
    return { panel, alpha, catcher, cover };
  };
  const total = document.querySelectorAll("a,button,input,img,select").length;
  const shell = (el) => { // the application's own frame, which holds the page itself
    const r = el.getBoundingClientRect();
    if (r.width < 0.9 * vw || r.height < 0.8 * vh) return false;
    const own = el.querySelectorAll("a,button,input,img,select").length;
    return own >= 10 && own >= 0.6 * total;
  };
  const overForeign = (el) => {
    const r = clip(el.getBoundingClientRect());
    if (!r) return false;
    // slides that lie over each other in their own box are no layer: what is under it must come from elsewhere
    const base = el.offsetParent, b = base && base.getBoundingClientRect();
    const wide = !base || base === document.body || (b.width >= 0.9 * vw && b.height >= 0.9 * vh);
    let n = 0;
    for (const fx of [0.2, 0.5, 0.8]) for (const fy of [0.2, 0.5, 0.8]) {
      const stack = stackAt(r[0] + (r[2] - r[0]) * fx, r[1] + (r[3] - r[1]) * fy);
      const at = stack.findIndex((e) => inside(e, el));
      if (at >= 0 && stack.slice(at).some((e) => !inside(e, el) && !inside(el, e) && (wide || !inside(e, base)) && content(e))) n++;
    }
    return n >= 3;
  };
  const lifted = (el, s) => {
    if (topLayer(el)) return true;
    if (s.position === "fixed") return true;
    if (s.position === "static" || s.position === "sticky") return false;
    if (el.getAttribute("aria-modal") === "true" || /^(alert)?dialog$/.test(el.getAttribute("role") || "")) return true;
    if (s.position !== "absolute" || !(parseInt(s.zIndex) >= 100)) return false;
    return overForeign(el);
  };
  const roots = [];
  const seek = (el) => {
    const s = getComputedStyle(el);
    if (s.display === "none") return;
    if (el !== document.body && lifted(el, s) && !shell(el)) {
      if (s.visibility === "visible" || el.firstElementChild) roots.push([el, s]);
      return;
    }
    if (el.tagName === "svg" || el.tagName === "IFRAME") return;
    for (const k of kids(el)) if (!/^(SCRIPT|STYLE|TEMPLATE|NOSCRIPT|LINK)$/.test(k.tagName)) seek(k);
  };
  if (document.body) { seek(document.body); for (const e of document.documentElement.children) if (e !== document.body && e.tagName !== "HEAD") seek(e); }
  const middle = document.elementFromPoint(vw / 2, vh / 2);
  const name = (el) => `${el.tagName.toLowerCase()}${el.getAttribute("id") ? "#" + el.getAttribute("id") : ""}${[...el.classList].filter((c) => !STATE.test(c)).map((c) => "." + c).join("")}`.replace(/\d+/g, "0");
  const round = (b) => [b[0], b[1], b[2] - b[0], b[3] - b[1]].map((v) => Math.round(v * 10) / 10);
  const index = (el) => order.has(el) ? order.get(el) : -1;
  const layers = [], masks = [];
  for (const [el, s] of roots) {
    const m = measure(el);
    if (!m) continue;
    const blocks = !!middle && inside(middle, el);
    if (!m.panel) {
      if (m.cover) masks.push({ i: index(el), alpha: Math.round(m.alpha * 100) / 100, blocks });
      continue;
    }
    const [x, y, x1, y1] = m.panel, w = x1 - x, h = y1 - y;
    if (w < 12 || h < 12) continue;
    let seen = 0;
    for (let a = 0; a < 5; a++) for (let b = 0; b < 5; b++) {
      const stack = stackAt(x + w * (a + 0.5) / 5, y + h * (b + 0.5) / 5);
      // what takes no pointer is not in the stack: then nothing can be said against it
      const first = stack.find((e) => inside(e, el) || paints(e, getComputedStyle(e)));
      if (!first || inside(first, el) || getComputedStyle(el).pointerEvents === "none") seen++;
    }
    const share = w * h / view, centre = x < vw / 2 && x1 > vw / 2 && y < vh / 2 && y1 > vh / 2;
    const mask = m.alpha > 0.1 || (m.catcher && blocks);
    const edge = y <= 4 || y1 >= vh - 4;
    let kind = "float";
    if (!mask && w >= 0.9 * vw && h <= Math.max(110, 0.2 * vh) && edge) kind = "bar";
    else if (!mask && h >= 0.6 * vh && w <= 0.28 * vw && (x <= 4 || x1 >= vw - 4)) kind = "rail";
    else if (mask || share >= 0.1 || (centre && share >= 0.03)) kind = "overlay";
    const inner = [...el.querySelectorAll("[class],[id]")].slice(0, 6).map(name).join(" ");
    layers.push({ i: index(el), kind, panel: round(m.panel), share: Math.round(share * 1000) / 1000, centre, top: seen / 25, mask,
      z: s.zIndex === "auto" ? 0 : parseInt(s.zIndex), text: (el.innerText || "").replace(/\s+/g, " ").trim().slice(0, 120), sig: `${name(el)} ${inner}`.slice(0, 300) });
  }
  if (masks.some((m) => m.alpha > 0.1)) for (const x of layers) if (x.centre && x.kind === "float") x.kind = "overlay";
  const standing = (elements || []).map((el) => {
    if (!el || !el.isConnected) return false;
    const m = measure(el);
    if (!m) return false;
    if (m.panel && area(m.panel) > 60) return true;
    return !!m.cover && (m.alpha > 0.05 || (!!middle && inside(middle, el) && m.catcher));
  });
  const page = getComputedStyle(document.documentElement), body = getComputedStyle(document.body || document.documentElement);
  const scroller = document.scrollingElement || document.documentElement;
  const inner = () => [...document.querySelectorAll("div,main,section,ul")].slice(0, 3000).some((e) => e.clientHeight > 0.6 * vh && e.scrollHeight > e.clientHeight + 50 && /auto|scroll/.test(getComputedStyle(e).overflowY));
  const stuck = /hidden|clip/.test(page.overflowY) || (/hidden|clip/.test(body.overflowY) && page.overflowY === "visible") || body.position === "fixed";
  const locked = stuck && Math.max(scroller.scrollHeight, document.body ? document.body.scrollHeight : 0) > 1.1 * vh && !inner();
  return JSON.stringify({ layers, masks, standing, locked });
}
