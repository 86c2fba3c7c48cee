"use strict";
// The report reads without this: it only hides what is not asked for, enlarges pictures, and changes to English.
document.documentElement.classList.add("script");
const tongues = document.querySelectorAll("#language button");
const titles = { zh: document.title, en: document.title.replace("电子商务平台法定责任检测报告", "audit of statutory duties") };
const speak = (tongue) => {
  document.documentElement.classList.toggle("english", tongue === "en");
  document.documentElement.lang = tongue === "en" ? "en" : "zh-CN";
  document.title = titles[tongue];
  for (const button of tongues) button.setAttribute("aria-pressed", String(button.value === tongue));
};
for (const button of tongues) button.addEventListener("click", () => speak(button.value));
if (location.search === "?en") speak("en");
const boxes = document.querySelectorAll("#filter input");
const sift = () => {
  const wanted = new Set([...boxes].filter((box) => box.checked).map((box) => box.value));
  for (const duty of document.querySelectorAll(".duty")) duty.hidden = !wanted.has(duty.dataset.outcome);
  for (const article of document.querySelectorAll(".article"))
    article.hidden = ![...article.querySelectorAll(".duty")].some((duty) => !duty.hidden);
};
for (const box of boxes) box.addEventListener("change", sift);
sift();
const light = document.getElementById("light");
for (const picture of document.querySelectorAll("figure img"))
  picture.addEventListener("click", () => {
    light.firstElementChild.src = picture.src;
    light.firstElementChild.alt = picture.alt;
    light.showModal();
  });
light.addEventListener("click", () => light.close());
// on paper everything stands, whatever was hidden on the screen
addEventListener("beforeprint", () => {
  for (const part of document.querySelectorAll(".duty, .article")) part.hidden = false;
});
addEventListener("afterprint", sift);
