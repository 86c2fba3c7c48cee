"use strict";
// The report reads without this: it only hides what is not asked for, and enlarges pictures.
document.documentElement.classList.add("script");
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
