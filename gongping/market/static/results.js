"use strict";
const labels = document.currentScript.dataset.labels;
if (labels === "late") {
  setTimeout(() => document.querySelectorAll(".slot .shopline").forEach((line) => {
    const tag = document.createElement("span");
    tag.className = "adtag";
    tag.textContent = "广告";
    line.append(tag);
  }), 3000);
}
if (labels === "removed") setTimeout(() => document.querySelectorAll(".adtag").forEach((tag) => tag.remove()), 1500);

// Sort controls that are more than links.
const sorts = document.querySelector(".sorts");
if (sorts) {
  const select = sorts.querySelector("select");
  if (select) select.addEventListener("change", () => { location.href = select.value; });
  const menu = sorts.querySelector("[aria-haspopup]");
  if (menu) menu.addEventListener("click", () => {
    const list = sorts.querySelector(".sortmenu");
    list.hidden = !list.hidden;
    menu.setAttribute("aria-expanded", String(!list.hidden));
  });
  sorts.querySelectorAll("[data-app]").forEach((button) => button.addEventListener("click", () => {
    const note = document.createElement("p");
    note.className = "toast";
    note.setAttribute("role", "status");
    note.textContent = "请在APP中使用该排序";
    document.body.append(note);
    setTimeout(() => note.remove(), 2500);
  }));
  sorts.querySelectorAll("[data-inert]").forEach((button) => button.addEventListener("click", () => {
    sorts.querySelectorAll(".on").forEach((other) => other.classList.remove("on"));
    button.classList.add("on");
  }));
  sorts.addEventListener("click", async (event) => {
    const link = event.target.closest("[data-fetch]");
    if (!link) return;
    event.preventDefault();
    const page = new DOMParser().parseFromString(await (await fetch(link.href)).text(), "text/html");
    document.getElementById("results").replaceWith(page.getElementById("results"));
    document.querySelector(".pager")?.replaceWith(page.querySelector(".pager"));
    sorts.querySelectorAll("a").forEach((a) => a.classList.toggle("on", a === link));
    history.replaceState(null, "", link.href);
  });
}
