// One read-only walk over a frame's composed tree (light DOM, slots, open and closed shadow roots).
// Returns {json, nodes}: the facts as a JSON string (cheaper to move than an object) and the nodes, so that Python can act on
// what it saw without writing anything into the page. Boxes are CSS px relative to the frame's document, scroll included.
(() => {
  const memory = window.__gongping || { roots: new WeakMap(), listening: new WeakSet() };
  const SKIP = new Set(["SCRIPT", "STYLE", "NOSCRIPT", "TEMPLATE", "HEAD", "META", "LINK", "TITLE", "BASE"]);
  const LEAF = new Set(["svg", "CANVAS", "VIDEO", "AUDIO", "OBJECT", "EMBED", "IFRAME", "IMG"]);
  const ROLES = { A: "link", BUTTON: "button", SELECT: "combobox", TEXTAREA: "textbox", NAV: "navigation", FOOTER: "contentinfo",
    HEADER: "banner", MAIN: "main", ASIDE: "complementary", FORM: "form", DIALOG: "dialog", UL: "list", OL: "list", LI: "listitem",
    TABLE: "table", SUMMARY: "button", IMG: "img", svg: "img", H1: "heading", H2: "heading", H3: "heading", H4: "heading",
    H5: "heading", H6: "heading", OPTION: "option", ARTICLE: "article", SECTION: "region", LABEL: "label", DETAILS: "group" };
  const INPUTS = { checkbox: "checkbox", radio: "radio", submit: "button", button: "button", image: "button", reset: "button",
    search: "searchbox", range: "slider", number: "spinbutton", hidden: "none" };
  const NAMED = new Set(["link", "button", "tab", "option", "menuitem", "checkbox", "radio", "switch", "heading", "label", "cell"]);
  const MACHINE = /^(data-|ad|track|spm|exposure|log|clk|mod-)/i;
  const sx = window.scrollX, sy = window.scrollY;
  const out = [], nodes = [];
  const round = (v) => Math.round(v * 10) / 10;
  const squeeze = (s, n) => { s = s.replace(/[\u200b-\u200d\ufeff]/g, "").replace(/\s+/g, " ").trim(); return s.length > n ? s.slice(0, n) : s; };
  const pseudo = (el, which) => {
    const style = getComputedStyle(el, which);
    const content = style.content;
    if (!content || content === "none" || content === "normal") return "";
    if (style.display === "none" || style.visibility === "hidden" || parseFloat(style.opacity) < 0.1) return "";
    const text = content.match(/"((?:[^"\\]|\\.)*)"/);
    return text ? text[1].replace(/\\(.)/g, "$1") : "";
  };
  const intersect = (a, b) => {
    if (!b) return a;
    const x = Math.max(a[0], b[0]), y = Math.max(a[1], b[1]);
    return [x, y, Math.min(a[2], b[2]), Math.min(a[3], b[3])];
  };
  const around = (el) => { const range = document.createRange(); range.selectNodeContents(el); return range.getBoundingClientRect(); };
  const roleOf = (el) => {
    const said = el.getAttribute("role");
    if (said) return said.split(" ")[0];
    if (el.tagName === "INPUT") return INPUTS[(el.type || "text").toLowerCase()] || "textbox";
    if (el.tagName === "A" && !el.hasAttribute("href")) return "";
    return ROLES[el.tagName] || (el.isContentEditable && !(el.parentElement && el.parentElement.isContentEditable) ? "textbox" : "");
  };
  const content = (el) => {
    let s = "";
    const visit = (n) => {
      if (s.length > 160) return;
      if (n.nodeType === 3) { s += n.data; return; }
      if (n.nodeType !== 1 || SKIP.has(n.tagName)) return;
      if (n.tagName === "IMG") { s += " " + (n.alt || "") + " "; return; }
      if (n.tagName === "svg") { const t = n.querySelector("title"); s += " " + (n.getAttribute("aria-label") || (t && t.textContent) || "") + " "; return; }
      if (n !== el && n.getAttribute("aria-label")) { s += " " + n.getAttribute("aria-label") + " "; return; }
      for (const c of n.childNodes) visit(c);
    };
    visit(el);
    return s;
  };
  const nameOf = (el, role) => {
    const by = el.getAttribute("aria-labelledby");
    if (by) {
      const scope = el.getRootNode();
      const said = by.split(/\s+/).map((id) => scope.getElementById && scope.getElementById(id)).filter(Boolean).map((n) => n.textContent).join(" ");
      if (said.trim()) return said;
    }
    const label = el.getAttribute("aria-label");
    if (label && label.trim()) return label;
    if (el.tagName === "IMG" || (el.tagName === "INPUT" && el.type === "image")) return el.alt || el.title || "";
    if (el.tagName === "svg") { const t = el.querySelector("title"); return t ? t.textContent : ""; }
    if (el.labels && el.labels.length) return Array.from(el.labels).map(content).join(" ");
    if (el.tagName === "INPUT" && /^(submit|button|reset)$/.test(el.type)) return el.value || el.type;
    if (/^(INPUT|TEXTAREA)$/.test(el.tagName)) return el.placeholder || el.title || "";
    if (NAMED.has(role)) { const said = content(el); if (said.trim()) return said; }
    return el.getAttribute("title") || "";
  };
  // what an undisplayed part would say, line by line; dialogs, tips, menus, fields and what has controls or a title of its own (another
  // view of the page) wait for their moment and say nothing of the text
  const WAITING = /^(dialog|alertdialog|tooltip|menu|listbox|navigation|search|alert|status)$/, FIELDS = /^(INPUT|SELECT|OPTION|OPTGROUP|TEXTAREA|FORM|FIELDSET|DIALOG|NAV|HEADER|FOOTER|svg)$/;
  let untold = 16000;
  const unshown = (el, style) => {
    if (untold <= 0 || FIELDS.test(el.tagName) || LEAF.has(el.tagName) || WAITING.test(roleOf(el)) || /fixed|absolute/.test(style.position) || el.getAttribute("aria-modal")
      || el.querySelector("button,input,select,textarea,iframe,video,h1,[role=button]")) return "";
    let s = "";
    const read = (n) => {
      if (s.length > 1000) return;
      if (n.nodeType === 3) { s += n.data.replace(/\s+/g, " "); return; }
      if (n.nodeType !== 1 || SKIP.has(n.tagName) || FIELDS.test(n.tagName)) return;
      const line = /^(P|DIV|LI|H[1-6]|SECTION|TR|DD|DT|BR)$/.test(n.tagName) ? "\n" : "";
      s += line;
      n.childNodes.forEach(read);
      s += line;
    };
    read(el);
    s = s.replace(/[\u200b-\u200d\ufeff]/g, "").replace(/ *\n\s*/g, "\n").trim().slice(0, 1000);
    if (s.length < 8) return "";
    untold -= s.length;
    return s;
  };
  const action = Object.getOwnPropertyDescriptor(HTMLFormElement.prototype, "action").get;
  const actionOf = (form) => action.call(form); // form.action is a field, where one is named so
  const visit = (el, parent, state) => {
    if (SKIP.has(el.tagName)) return;
    const style = getComputedStyle(el);
    let hidden = state.hidden;
    if (style.display === "none") {
      const said = !state.hidden && parent >= 0 ? unshown(el, style) : "";
      if (said) (out[parent].hd ||= []).push([said, squeeze(el.getAttribute("id") || "", 80)]);
      hidden = true; // only form controls matter below: a styled switch often hides its real input
      if (!el.querySelector && !/^(INPUT|SELECT)$/.test(el.tagName)) return;
      if (!/^(INPUT|SELECT)$/.test(el.tagName) && !(el.querySelector && el.querySelector("input[type=checkbox],input[type=radio]"))) return;
    }
    const contents = style.display === "contents"; // no box of its own: that of what lies in it
    const rect = contents ? around(el) : el.getBoundingClientRect();
    const opacity = state.opacity * parseFloat(style.opacity || "1");
    const position = style.position;
    let clip = position === "fixed" ? null : position === "absolute" ? state.positioned : state.clip;
    let box = [rect.left, rect.top, rect.right, rect.bottom];
    const seenBox = intersect(box, clip);
    const width = seenBox[2] - seenBox[0], height = seenBox[3] - seenBox[1];
    const cut = /^(inset\((50|100)%|circle\(0|polygon\(0)/.test(style.clipPath) || /^rect\((0|1)px,? (0|1)px,? (0|1)px,? (0|1)px/.test(style.clip);
    const role = roleOf(el);
    const fixed = position === "fixed" || (position === "sticky" && state.fixed === -1);
    const off = seenBox[2] + sx <= 0 || seenBox[3] + sy <= 0;
    const there = !hidden && !cut && style.visibility === "visible" && opacity >= 0.1;
    const shown = there && width >= 1 && height >= 1 && !off;
    // own text: the element's text nodes, with the rectangle of the glyphs rather than of the box
    let text = "", tb = null, lines = 0;
    const children = [], sequence = [];
    const root = el.shadowRoot || memory.roots.get(el);
    const kids = root ? root.childNodes : (el.tagName === "SLOT" && el.assignedNodes().length ? el.assignedNodes() : el.childNodes);
    if (!LEAF.has(el.tagName)) for (const kid of kids) {
      if (kid.nodeType === 1) { children.push(kid); sequence.push(kid); }
      else if (kid.nodeType === 3 && kid.data.trim() && !hidden) {
        text += (text ? " " : "") + kid.data;
        sequence.push(kid);
        const range = document.createRange();
        range.selectNodeContents(kid);
        for (const r of range.getClientRects()) {
          if (r.width < 0.5) continue;
          lines++;
          tb = tb ? [Math.min(tb[0], r.left), Math.min(tb[1], r.top), Math.max(tb[2], r.right), Math.max(tb[3], r.bottom)] : [r.left, r.top, r.right, r.bottom];
        }
      }
    }
    const before = hidden ? "" : pseudo(el, "::before"), after = hidden ? "" : pseudo(el, "::after");
    if (tb) {
      const clipped = intersect(tb, style.overflow === "visible" && style.overflowX === "visible" ? clip : intersect(box, clip));
      tb = clipped[2] - clipped[0] > 0.5 && clipped[3] - clipped[1] > 0.5 ? clipped : null;
    }
    const index = out.length;
    const item = { p: parent, t: el.tagName.toLowerCase(), b: [round(seenBox[0] + sx), round(seenBox[1] + sy), round(Math.max(0, width)), round(Math.max(0, height))], s: shown ? 1 : 0 };
    if (there && !shown && position !== "absolute" && position !== "fixed") { // what a person sees after scrolling the box that it lies in
      const r = intersect(box, state.reach);
      if (r[2] - r[0] >= 1 && r[3] - r[1] >= 1 && r[2] + sx > 0 && r[3] + sy > 0) item.sr = 1;
    }
    if (role) item.r = role;
    const name = squeeze(nameOf(el, role), 160);
    if (name) item.n = name;
    if (text) item.x = squeeze(text, 20000);
    if (text && !tb && !lines) item.nt = 1;
    if (tb) item.tb = [round(tb[0] + sx), round(tb[1] + sy), round(tb[2] - tb[0]), round(tb[3] - tb[1])];
    const mixed = text && children.length > 0;
    if (mixed) item.mx = 1;
    if (/^inline|^contents/.test(style.display)) item.in = 1;
    if (before) item.be = squeeze(before, 40);
    if (after) item.af = squeeze(after, 40);
    if (opacity < 1) item.o = Math.round(opacity * 100) / 100;
    if (text || before || after || role) {
      item.c = style.color; item.w = parseInt(style.fontWeight) || 400;
      let size = parseFloat(style.fontSize);
      if (el.offsetWidth > 0 && Math.abs(rect.width / el.offsetWidth - 1) > 0.02) size *= rect.width / el.offsetWidth; // a scaled box
      item.f = round(size);
      if (style.textDecorationLine.includes("line-through")) item.del = 1;
      if (style.textDecorationLine.includes("underline")) item.ul = 1;
      if (style.textOverflow === "ellipsis" && el.scrollWidth > el.clientWidth + 1) item.cut = 1;
    }
    if (style.backgroundColor !== "rgba(0, 0, 0, 0)") item.bg = style.backgroundColor;
    if (style.backgroundImage !== "none" && style.backgroundImage.includes("url(")) item.bi = squeeze(style.backgroundImage, 200);
    if (fixed) item.fx = position;
    const layer = fixed ? index : state.fixed;
    if (layer !== -1) item.ly = layer;
    if (style.zIndex !== "auto") item.z = parseInt(style.zIndex);
    if (style.pointerEvents === "none") item.pe = 1;
    if (style.cursor === "pointer" && state.cursor !== "pointer") item.cp = 1;
    if (memory.listening.has(el) || el.hasAttribute("onclick") || el.onclick) item.li = 1;
    if (/^(A|AREA)$/.test(el.tagName) && el.hasAttribute("href")) item.h = el.href;
    if (el.hasAttribute("target")) item.ta = el.getAttribute("target");
    if (el.tagName === "IMG") item.src = squeeze(el.currentSrc || el.src || "", 300);
    if (el.tagName === "IFRAME" || el.tagName === "EMBED") item.src = squeeze(el.src || "", 300);
    if (el.tagName === "OBJECT") item.src = squeeze(el.data || "", 300);
    if (/^(INPUT|SELECT|TEXTAREA|OPTION|BUTTON)$/.test(el.tagName)) {
      item.ty = el.tagName === "BUTTON" && !el.form ? "button" : (el.type || "").toLowerCase(); // without a form it sends nothing
      if (el.type !== "password") item.v = squeeze(String(el.value ?? ""), 200);
      if (el.name) item.nm = el.name;
      if (el.placeholder) item.ph = squeeze(el.placeholder, 100);
      if (/^(checkbox|radio)$/.test(el.type)) item.ch = el.checked ? 1 : 0;
      if (el.tagName === "OPTION") item.ch = el.selected ? 1 : 0;
      if (el.disabled) item.di = 1;
      if (el.required) item.rq = 1;
      if (el.form) item.fa = squeeze(((el.hasAttribute("formmethod") && el.formMethod) || el.form.getAttribute("method") || "get") + " " + (el.formAction && el.hasAttribute("formaction") ? el.formAction : actionOf(el.form)), 300);
      if (el.labels && el.labels.length) item.lb = Array.from(el.labels);
    }
    const checked = el.getAttribute("aria-checked") || el.getAttribute("aria-pressed") || el.getAttribute("aria-selected");
    if (checked && item.ch === undefined) item.ch = checked === "true" ? 1 : 0;
    if (el.getAttribute("aria-disabled") === "true") item.di = 1;
    if (el.getAttribute("aria-hidden") === "true") item.ah = 1;
    if (el.getAttribute("aria-expanded")) item.ex = el.getAttribute("aria-expanded") === "true" ? 1 : 0;
    if (el.tagName === "DIALOG" || el.getAttribute("aria-modal") === "true") item.mo = 1;
    const id = el.getAttribute("id"); // el.id is a form's own field, where one is named so
    if (id) item.id = squeeze(id, 80);
    const cls = el.getAttribute("class");
    if (cls) item.cl = squeeze(cls, 160);
    let machine = null;
    for (const a of el.attributes) {
      if (MACHINE.test(a.name) && a.value.length < 300) (machine ||= {})[a.name] = a.value;
    }
    if (machine) item.m = machine;
    out.push(item); nodes.push(el);
    const overflow = style.overflowX !== "visible" || style.overflowY !== "visible";
    const scrolls = (/auto|scroll/.test(style.overflowX + style.overflowY) && el.clientHeight >= 16 && el.clientWidth >= 16) || el === document.body || el === document.documentElement;
    const inner = { hidden, opacity, cursor: style.cursor, fixed: layer,
      reach: position === "fixed" || scrolls ? null : overflow ? intersect(box, state.reach) : state.reach,
      clip: overflow && el !== document.body && el !== document.documentElement ? intersect(box, clip) : clip,
      positioned: state.positioned };
    if (position !== "static" || style.transform !== "none") inner.positioned = inner.clip;
    if (LEAF.has(el.tagName)) return;
    const folded = (el.tagName === "DETAILS" && !el.open) || style.contentVisibility === "hidden";
    for (const kid of sequence) {
      if (kid.nodeType === 1) { visit(kid, index, folded && kid.tagName !== "SUMMARY" ? { ...inner, hidden: true } : inner); continue; }
      if (!mixed) continue; // the order of text and elements matters only where both are there
      out.push({ p: index, t: "#text", b: item.b, s: item.s, sr: item.sr, x: kid.data.replace(/[\u200b-\u200d\ufeff]/g, "").replace(/\s+/g, " ").slice(0, 20000), in: 1 });
      nodes.push(kid);
    }
  };
  visit(document.documentElement, -1, { hidden: false, opacity: 1, clip: null, reach: null, positioned: null, cursor: "auto", fixed: -1 });
  const order = new Map(nodes.map((n, i) => [n, i]));
  for (const item of out) if (item.lb) item.lb = item.lb.map((n) => order.get(n)).filter((i) => i !== undefined);
  const page = document.scrollingElement || document.documentElement;
  return { nodes, json: JSON.stringify({ url: location.href, title: document.title, lang: document.documentElement.lang,
    scroll: [sx, sy], size: [page.scrollWidth, page.scrollHeight], viewport: [window.innerWidth, window.innerHeight],
    ready: document.readyState, elements: out }) };
})()
