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
    const name = [...box.querySelectorAll(".choices input:checked")].map((i) => i.value).join(" ");
    const sku = list.find((s) => s.name === name);
    if (!sku) return;
    document.getElementById("price").textContent = yuan(sku.price);
    photo.src = sku.colour ? `${plain}?colour=${sku.colour.slice(1)}` : plain;
  });
  document.querySelectorAll(".thumbs button").forEach((button) => button.addEventListener("click", () => {
    photo.src = button.querySelector("img").src;
  }));
}

// Checkout: totals follow the choices; the server adds up again.
const checkout = document.getElementById("checkout");
if (checkout) {
  const total = () => {
    const freight = Number(checkout.querySelector("[name=delivery]:checked").dataset.price);
    const extras = [...checkout.querySelectorAll("[name=extra]:checked")].reduce((sum, box) => sum + Number(box.dataset.price), 0);
    document.getElementById("sum-freight").textContent = yuan(freight);
    document.getElementById("sum-extras").textContent = yuan(extras);
    document.getElementById("sum-total").textContent = yuan(Number(checkout.dataset.goods) + freight + extras);
  };
  const address = () => {
    checkout.querySelector(".newaddress").hidden = checkout.querySelector("[name=address]:checked").value !== "new";
  };
  checkout.addEventListener("change", () => { address(); total(); });
  address();
  total();
}

document.querySelectorAll("[data-code]").forEach((button) => button.addEventListener("click", async () => {
  const answer = await (await fetch("/code", { method: "POST" })).json();
  button.textContent = answer.sent ? "已发送" : "重新发送";
  button.disabled = answer.sent;
}));
