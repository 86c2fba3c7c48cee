"use strict";
const yuan = (fen) => (fen / 100).toFixed(2);

// Quantity steppers: in the cart a change is sent at once.
document.querySelectorAll(".stepper").forEach((stepper) => {
  const input = stepper.querySelector("input");
  const send = () => { if (stepper.tagName === "FORM") stepper.submit(); };
  stepper.querySelectorAll("button").forEach((button) => button.addEventListener("click", () => {
    input.value = Math.min(99, Math.max(1, (parseInt(input.value, 10) || 1) + Number(button.dataset.step)));
    send();
  }));
  input.addEventListener("change", send);
});

// Product page: options change price and picture.
const skus = document.getElementById("skus");
if (skus) {
  const list = JSON.parse(skus.textContent);
  const box = document.querySelector(".buybox");
  const photo = document.getElementById("photo");
  const plain = photo.getAttribute("src");
  box.addEventListener("change", () => {
    const name = [...box.querySelectorAll("[name^=option]:checked")].map((i) => i.value).join(" ");
    const bundle = Number(box.querySelector("[name=bundle]:checked")?.dataset.price ?? 0);
    const sku = list.find((s) => s.name === name);
    if (!sku) return;
    document.getElementById("price").textContent = yuan(sku.price + bundle);
    photo.src = sku.colour ? `${plain}?colour=${sku.colour.slice(1)}` : plain;
  });
  document.querySelectorAll(".thumbs button").forEach((button) => button.addEventListener("click", () => {
    photo.src = button.querySelector("img").src;
  }));
}

// Checkout: totals follow the choices; the server adds up again.
const checkout = document.getElementById("checkout");
if (checkout) {
  const show = (id, fen) => { const place = document.getElementById(id); if (place) place.textContent = yuan(fen); };
  const total = () => {
    const freight = Number(checkout.querySelector("[name=delivery]:checked").dataset.price);
    const chosen = checkout.querySelectorAll("[name=extra]:checked, [name=plan]:checked, .sw.on");
    const extras = [...chosen].reduce((sum, box) => sum + Number(box.dataset.price), 0);
    show("sum-freight", freight);
    show("sum-extras", extras);
    checkout.querySelectorAll("[data-line]").forEach((line) => { line.hidden = ![...chosen].some((box) => box.value === line.dataset.line); });
    show("sum-total", Number(checkout.dataset.goods) + freight + extras);
  };
  const address = () => {
    checkout.querySelector(".newaddress").hidden = checkout.querySelector("[name=address]:checked").value !== "new";
  };
  checkout.addEventListener("change", () => { address(); total(); });
  address();
  total();

  const insurance = checkout.querySelector("[name=extra][value=freight]");
  const tick = () => { insurance.checked = true; total(); };
  const trick = checkout.dataset.trick;
  if (trick === "timed") setTimeout(tick, 5000);
  if (trick === "reselect") checkout.addEventListener("change", (event) => {
    if (event.target === insurance && !insurance.checked) setTimeout(tick, 1500);
    if (event.target.name === "address" || event.target.name === "delivery") tick();
  });
  if (trick === "retain") {
    const dialog = document.getElementById("keep");
    insurance.addEventListener("click", (event) => {
      if (insurance.checked) return;
      event.preventDefault();
      dialog.showModal();
    });
    dialog.querySelector("[data-keep]").addEventListener("click", () => dialog.close());
    dialog.querySelector("[data-drop]").addEventListener("click", () => { dialog.close(); insurance.checked = false; total(); });
  }
  const charity = checkout.querySelector("[name=extra][value=charity]");
  if (trick === "lock") charity.addEventListener("click", (event) => { if (!charity.checked) event.preventDefault(); });
  if (trick === "reset") charity.addEventListener("change", () => { if (!charity.checked) location.href = "/cart"; });
  if (trick === "tiny") {
    const drop = checkout.querySelector(".drop");
    const label = charity.closest("label");
    const swap = () => { drop.hidden = !charity.checked; charity.hidden = charity.checked; label.style.pointerEvents = charity.checked ? "none" : ""; };
    charity.addEventListener("change", swap);
    drop.addEventListener("click", (event) => { event.preventDefault(); charity.checked = false; swap(); total(); });
  }
  if (trick === "once") {
    const dialog = document.getElementById("once");
    charity.addEventListener("click", (event) => {
      if (charity.checked) return;
      event.preventDefault();
      dialog.showModal();
    });
    dialog.querySelector("[data-keep]").addEventListener("click", () => dialog.close());
    dialog.querySelector("[data-drop]").addEventListener("click", () => { dialog.close(); charity.checked = false; total(); });
  }
  checkout.querySelectorAll(".sw").forEach((sw) => {
    sw.addEventListener("click", () => { sw.classList.toggle("on"); total(); });
    checkout.addEventListener("formdata", (event) => { if (sw.classList.contains("on")) event.formData.append("extra", sw.dataset.code); });
  });
}

document.querySelectorAll("[data-code]").forEach((button) => button.addEventListener("click", async () => {
  const answer = await (await fetch("/code", { method: "POST" })).json();
  button.textContent = answer.sent ? "已发送" : answer.error;
  button.disabled = answer.sent;
}));

// Dialogs, and documents read in a layer.
document.querySelectorAll("[data-dialog]").forEach((button) => button.addEventListener("click", () => {
  document.getElementById(button.dataset.dialog).showModal();
}));
const reader = document.getElementById("reader");
document.querySelectorAll("[data-layer]").forEach((link) => link.addEventListener("click", async (event) => {
  event.preventDefault();
  const page = new DOMParser().parseFromString(await (await fetch(link.href)).text(), "text/html");
  reader.querySelector(".layer-text").replaceChildren(page.querySelector(".download"), page.querySelector("article"));
  reader.hidden = false;
}));
if (reader) reader.querySelector(".layer-close").addEventListener("click", () => { reader.hidden = true; });

// A feed that never ends.
const feed = document.getElementById("feed");
if (feed) {
  let page = 0, busy = false;
  const more = async () => {
    if (busy || window.innerHeight + window.scrollY < document.documentElement.scrollHeight - 1600) return;
    busy = true;
    feed.querySelector(".grid").insertAdjacentHTML("beforeend", await (await fetch(`/feed/${page++}`)).text());
    busy = false;
    more();
  };
  addEventListener("scroll", more, { passive: true });
  more();
}
