// Share of 3x3 points of each node's visible box at which the node (or something inside it) is what a person would hit or see.
// Transparent layers above are looked through; pointer-events is ignored while looking. null: outside the viewport.
([handle, indexes]) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("*{pointer-events:auto!important}");
  const roots = new Set([document]);
  for (const i of indexes) { const r = handle.nodes[i] && handle.nodes[i].getRootNode(); if (r) roots.add(r); }
  const before = new Map();
  for (const r of roots) { if (r.adoptedStyleSheets) { before.set(r, [...r.adoptedStyleSheets]); r.adoptedStyleSheets = [...r.adoptedStyleSheets, sheet]; } }
  const up = (n) => n.assignedSlot || n.parentNode || n.host || null;
  const inside = (node, of) => { for (let n = node; n; n = up(n)) if (n === of) return true; return false; };
  const paints = (el) => {
    if (/^(IMG|svg|CANVAS|VIDEO|IFRAME|INPUT|BUTTON|SELECT|TEXTAREA|OBJECT|EMBED)$/.test(el.tagName) || el.ownerSVGElement) return true;
    const s = getComputedStyle(el);
    if (parseFloat(s.opacity) < 0.05 || s.visibility === "hidden") return false;
    if (s.backgroundImage !== "none") return true;
    const m = s.backgroundColor.match(/[\d.]+/g);
    return m && (m.length < 4 || parseFloat(m[3]) > 0.15);
  };
  const deep = (x, y) => {
    let stack = document.elementsFromPoint(x, y), result = [];
    for (const el of stack) {
      const root = el.shadowRoot || (window.__gongping && window.__gongping.roots.get(el));
      if (root && root.elementsFromPoint) for (const e of root.elementsFromPoint(x, y)) if (root.contains(e) && !result.includes(e)) result.push(e);
      if (!result.includes(el)) result.push(el);
    }
    return result;
  };
  const answer = indexes.map((i) => {
    const el = handle.nodes[i];
    if (!el || !el.isConnected) return null;
    const r = el.getBoundingClientRect();
    const x0 = Math.max(0, r.left), y0 = Math.max(0, r.top), x1 = Math.min(innerWidth, r.right), y1 = Math.min(innerHeight, r.bottom);
    if (x1 - x0 < 1 || y1 - y0 < 1) return null;
    let hits = 0;
    for (const fx of [0.15, 0.5, 0.85]) for (const fy of [0.15, 0.5, 0.85]) {
      const stack = deep(x0 + (x1 - x0) * fx, y0 + (y1 - y0) * fy);
      for (const top of stack) {
        if (inside(top, el)) { hits++; break; }
        if (inside(el, top)) { hits++; break; }   // nothing painted above: the first solid thing is behind it
        if (paints(top)) break;
      }
    }
    return Math.round(hits / 9 * 100) / 100;
  });
  for (const [r, s] of before) r.adoptedStyleSheets = s;
  return answer;
}
