(function () {
  var view = document.getElementById('view'), tree = document.getElementById('tree'), btn = document.getElementById('treebtn');
  var el = function (t, a, kids) { var e = document.createElement(t); Object.keys(a || {}).forEach(function (k) { if (k === 'text') e.textContent = a[k]; else if (k === 'html') e.innerHTML = a[k]; else if (k === 'on') e.addEventListener('click', a[k]); else e.setAttribute(k, a[k]); }); (kids || []).forEach(function (c) { if (c) e.appendChild(c); }); return e; };
  var get = function (u) { return fetch(u).then(function (r) { return r.json(); }); };
  var turn = 0;
  btn.addEventListener('click', function () { var o = tree.classList.toggle('open'); btn.setAttribute('aria-expanded', o); });
  document.addEventListener('click', function (e) {
    var a = e.target.closest ? e.target.closest('a[href^="/rules"]') : null;
    if (!a || a.target || a.hasAttribute('download') || e.ctrlKey || e.metaKey || e.shiftKey) return;
    if (a.getAttribute('href').indexOf('/rules/download') === 0) return;
    e.preventDefault(); go(a.getAttribute('href'));
  });
  window.addEventListener('popstate', render);
  function go(u) { if (u !== location.pathname + location.search) history.pushState({}, '', u); tree.classList.remove('open'); btn.setAttribute('aria-expanded', 'false'); render(); window.scrollTo(0, 0); }
  function show() { view.textContent = ''; [].slice.call(arguments).forEach(function (n) { if (n) view.appendChild(n); }); }
  function mark() { tree.querySelectorAll('a').forEach(function (a) { a.classList.toggle('on', a.getAttribute('href') === location.pathname); }); }
  function table(head, rows) { return el('div', { 'class': 'tw' }, [el('table', {}, [el('thead', {}, [el('tr', {}, head.map(function (h) { return el('th', { text: h }); }))]), el('tbody', {}, rows.map(function (r) { return el('tr', {}, r.map(function (c) { return el('td', { text: c }); })); }))])]); }
  function pager(base, p, n) { var k = [], i; for (i = 1; i <= n; i++) k.push(el('a', { href: base + '?page=' + i, text: String(i), 'class': i === p ? 'on' : '' })); if (p < n) k.push(el('a', { href: base + '?page=' + (p + 1), text: '下一页', rel: 'next' })); return el('nav', { 'class': 'pager', 'aria-label': '分页' }, k); }
  function title(t) { document.title = t + ' - 惠嘉商城规则中心'; return el('h1', { text: t }); }
  function searchBox() {
    var i = el('input', { type: 'search', placeholder: '搜索规则、公告、问题', 'aria-label': '搜索规则' }), out = el('ul', { 'class': 'nl' });
    var f = el('form', {}, [i, el('button', { text: '搜规则' }), out]);
    f.addEventListener('submit', function (e) { e.preventDefault(); get('/api/rc/search?q=' + encodeURIComponent(i.value)).then(function (r) { out.textContent = ''; if (!r.length) out.appendChild(el('li', { text: '没有找到，请换个词' })); r.forEach(function (x) { out.appendChild(el('li', {}, [el('a', { href: x.u, text: x.t }), el('div', { 'class': 'm', text: x.x })])); }); }); });
    return f;
  }
  function render() {
    var me = ++turn, parts = location.pathname.replace(/^\/rules\/?/, '').split('/'), qs = new URLSearchParams(location.search), page = qs.get('page') || 1;
    var ok = function (f) { return function (d) { if (me === turn) { if (d.error) show(title('没有找到'), el('p', { text: d.error })); else f(d); mark(); } }; };
    if (parts[0] === 'd') return get('/api/rc/doc/' + parts[1] + (qs.get('v') ? '?v=' + qs.get('v') : '')).then(ok(function (d) {
      var v = d.version === d.current ? '' : '?v=' + d.version;
      document.title = d.title + ' - 惠嘉商城规则中心';
      var tools = el('div', { 'class': 'tools' }, [el('a', { href: '/rules/download/' + d.id + '.txt' + v, download: '', text: '下载全文（TXT）' }), el('button', { type: 'button', text: '打印', on: function () { window.print(); } })].concat(d.versions.length > 1 ? [el('span', { text: '版本：' })].concat(d.versions.map(function (x) { return el('a', { href: '/rules/d/' + d.id + (x.v === d.current ? '' : '?v=' + x.v), text: x.v + '（' + x.eff + ' 起，' + x.state + '）', 'class': x.v === d.version ? 'on' : '' }); })) : []));
      var warn = d.version === d.current ? null : el('p', { 'class': 'state', text: d.state === '待生效' ? '您正在查看尚未生效的版本，生效前仍适用 ' + d.current + '。' : '您正在查看历史版本，现行版本为 ' + d.current + '。' });
      var art = el('article', { id: 'doc' }, [el('h1', { text: d.title }), el('p', { 'class': 'meta', text: d.meta }), el('div', { html: d.html })]);
      show(tools, warn, art);
    }));
    if (parts[0] === 'faq') return get('/api/rc/faq').then(ok(function (d) {
      var box = el('div', { 'class': 'faq' });
      d.forEach(function (x, i) {
        var a = el('div', { id: 'a' + i, hidden: '', text: x.a });
        var b = el('button', { type: 'button', 'aria-expanded': 'false', 'aria-controls': 'a' + i, text: x.q, on: function () { a.hidden = !a.hidden; b.setAttribute('aria-expanded', String(!a.hidden)); } });
        box.appendChild(el('h3', {}, [b])); box.appendChild(a);
      });
      show(title('常见问题'), box);
    }));
    if (parts[0] === 'notices') return get('/api/rc/notices?page=' + page).then(ok(function (d) {
      show(title('公告'), el('ul', { 'class': 'nl' }, d.rows.map(function (r) { return el('li', {}, [el('span', { 'class': 'm', text: r.date + '　' + r.kind + '　' }), el('a', { href: '/rules/n/' + r.i, text: r.title })]); })), pager('/rules/notices', d.page, d.pages));
    }));
    if (parts[0] === 'n') return get('/api/rc/notice/' + parts[1]).then(ok(function (d) {
      show(title(d.title), el('p', { 'class': 'meta', text: d.date + '　' + d.kind + '　惠嘉商城' }), el('p', { text: d.body }), el('p', {}, [el('a', { href: '/rules/notices', text: '返回公告列表' })]));
    }));
    if (parts[0] === 'penalties') return get('/api/rc/penalties?page=' + page).then(ok(function (d) {
      show(title('处罚公示'), el('p', { text: '依据《商家违法行为处置与公示规则》，自决定之日起一个工作日内公示，公示到措施期满之日；终止服务的，公示到店铺实际停止平台内经营之日。措施期满的记录另行保留，供查阅。' }), table(d.head, d.rows), pager('/rules/penalties', d.page, d.pages));
    }));
    if (parts[0] === 'ip') return get('/api/rc/ip?page=' + page).then(ok(function (d) {
      show(title('知识产权公示'), el('p', {}, [el('span', { text: '公示收到的通知、声明和处理结果。' }), el('a', { href: '/rules/d/ip', text: '知识产权保护规则' }), el('span', { text: '　' }), el('a', { href: '/ip-complaint', text: '提交知识产权投诉' })]), table(d.head, d.rows), pager('/rules/ip', d.page, d.pages));
    }));
    if (parts[0] === 'consult') return get('/api/rc/consult').then(ok(function (d) {
      var ta = el('textarea', { rows: '6', maxlength: '3000', required: '', 'aria-label': '您的意见' }), res = el('p', { role: 'status' });
      var f = el('form', {}, [el('label', { text: '您的意见（最多3000字，可以匿名，不需要登录）' }), ta, el('button', { 'class': 'main', text: '提交意见' }), res]);
      f.addEventListener('submit', function (e) { e.preventDefault(); fetch('/api/rc/consult', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ text: ta.value }) }).then(function (r) { return r.json(); }).then(function (r) { res.textContent = r.receipt ? '已收到您的意见，回执编号 ' + r.receipt + '。采纳情况将在期满后公布。' : r.error; }); });
      show(title('征求意见'), el('p', { text: '征求意见期限：' + d.start + ' 至 ' + d.end + '。消费者、商家和其他人都可以提交；也可以写信到 guize@huijiamall.cn。期满公布采纳情况，定稿至少提前十五日公示。' }), el('h2', { text: '修改对照' }), table(['现行规定', '拟修改为'], d.changes.map(function (c) { return [c.old, c.new]; })), el('h2', { text: '提交意见' }), f, el('div', { 'class': 'tools' }, [el('a', { href: '/rules/download/draft.txt', download: '', text: '下载草案（TXT）' })]), el('article', { id: 'doc' }, [el('h1', { text: d.title }), el('div', { html: d.html })]), el('p', {}, [el('a', { href: '/rules/n/5', text: '上一次征求意见的采纳情况' })]));
    }));
    show(title('规则中心'), el('p', {}, [el('span', { text: '这里公布惠嘉商城全部协议、规则、公告和公示，可以阅读和下载。' }), el('a', { href: '/rules/download/all.zip', download: '', text: '下载全部规则（ZIP）' })]), searchBox(), el('ul', { 'class': 'nl' }, ['agreement:惠嘉商城用户服务协议', 'privacy:惠嘉商城隐私政策', 'trade:惠嘉商城交易规则', 'return:七日无理由退货规则', 'review:信用评价规则', 'dispute:争议处理规则', 'act1212:2026“双12 暖冬节”活动规则', 'seller:商家入驻服务协议'].map(function (s) { var k = s.split(':'); return el('li', {}, [el('a', { href: '/rules/d/' + k[0], text: k[1] })]); })), el('p', {}, [el('a', { href: '/rules/notices', text: '公告' }), el('span', { text: '　' }), el('a', { href: '/rules/faq', text: '常见问题' }), el('span', { text: '　' }), el('a', { href: '/rules/penalties', text: '处罚公示' }), el('span', { text: '　' }), el('a', { href: '/rules/ip', text: '知识产权公示' })]));
    mark();
  }
  get('/api/rc/tree').then(function (t) { t.forEach(function (c) { tree.appendChild(el('h3', { text: c.cat })); tree.appendChild(el('ul', {}, c.items.map(function (i) { return el('li', {}, [el('a', { href: i.u, text: i.t })]); }))); }); mark(); });
  render();
})();
