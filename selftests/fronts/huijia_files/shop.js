(function () {
  var x = document.getElementById('popx'), pop = document.getElementById('pop');
  if (x) { x.addEventListener('click', function () { pop.remove(); }); document.addEventListener('keydown', function (e) { if (e.key === 'Escape' && pop) pop.remove(); }); }
  document.querySelectorAll('.getcode').forEach(function (b) { b.addEventListener('click', function () { b.textContent = '验证码已发送'; setTimeout(function () { b.textContent = '重新获取'; }, 3000); }); });
  var co = document.getElementById('co');
  if (co) {
    var sum = function () { var s = 0; co.querySelectorAll('[name=extra]').forEach(function (c) { if (c.checked) s += parseFloat(c.dataset.price); }); document.getElementById('ex').textContent = '¥' + s.toFixed(2); document.getElementById('tot').textContent = '¥' + (parseFloat(co.dataset.base) + s).toFixed(2); };
    co.querySelectorAll('[name=extra]').forEach(function (c) { c.checked = false; c.addEventListener('change', sum); });
    sum();
    window.addEventListener('pageshow', function (e) { if (e.persisted) { co.querySelectorAll('[name=extra]').forEach(function (c) { c.checked = false; }); sum(); } });
  }
})();
