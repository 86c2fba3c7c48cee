"use strict";
// One advertisement in a session: closed once, it does not come back.
const promo = document.getElementById("promo");
if (promo && !document.cookie.includes("promo_closed=1")) {
  setTimeout(() => { promo.hidden = false; }, 600);
  promo.querySelector(".promo-close").addEventListener("click", () => {
    document.cookie = "promo_closed=1; path=/; SameSite=Lax";
    promo.remove();
  });
}
