"use strict";
// What keeps a consumer from what she means to do: each is a switch of the market.
const traps = document.currentScript.dataset.traps.split(" ");
const has = (name) => traps.includes(name);
const controls = "a,button,input,select,textarea,label,summary,[role=dialog]";

const advertise = () => {
  const layer = document.createElement("div");
  layer.className = "promo";
  layer.innerHTML = `<div class="promo-mask"></div><div class="promo-box" role="dialog" aria-label="广告"><a class="promo-art" href="/campaign/spring"><span class="promo-tag">广告</span><span class="promo-top">先别走</span><strong>满199减20</strong><span class="promo-go">立即查看</span></a><button class="promo-close" type="button" aria-label="关闭广告">×</button></div>`;
  layer.querySelector("button").addEventListener("click", () => layer.remove());
  document.body.append(layer);
};

if (has("back-trap-ad") && document.querySelector(".buybox")) {
  history.pushState({ trap: true }, "");
  addEventListener("popstate", advertise, { once: true });
}
if (has("blank-click-opens") || (has("blank-click-mobile") && matchMedia("(pointer: coarse)").matches)) {
  document.addEventListener("click", (event) => { if (!event.target.closest(controls)) window.open("/campaign/spring", "_blank"); });
}
if (has("blank-click-layer") && document.querySelector("#results")) {
  document.addEventListener("click", (event) => { if (!event.target.closest(controls)) advertise(); }, { once: true });
}
if (has("tabs-in-address") && document.querySelector(".buybox")) history.replaceState({}, "", "#intro"); // lawful: names the open tab
if (has("menu-closes-beside")) { // lawful: a click beside an open list closes it
  document.addEventListener("click", (event) => { if (!event.target.closest("details")) document.querySelectorAll("details[open]").forEach((d) => { d.open = false; }); });
}
