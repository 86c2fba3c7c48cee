"use strict";
// One advertisement in a session: closed once, it does not come back.
const promo = document.getElementById("promo");
const corner = document.getElementById("corner");
const remember = () => { if (promo.dataset.mode === "every-page") return; document.cookie = "promo_closed=1; path=/; SameSite=Lax"; };

if (corner) setTimeout(() => { corner.hidden = false; }, 600);
document.querySelectorAll("[data-away]").forEach((button) => button.addEventListener("click", () => {
  button.closest("[role]").remove();
}));

if (promo && !document.cookie.includes("promo_closed=1")) {
  const mode = promo.dataset.mode;
  const close = promo.querySelector("button.promo-close, .promo-refuse, .promo-real");
  const gone = () => { remember(); promo.remove(); };

  setTimeout(() => {
    promo.hidden = false;
    if (mode === "countdown") count(5);
  }, 600);

  const count = (left) => {
    const text = promo.querySelector(".promo-count");
    text.textContent = `${left}s 后可关闭`;
    if (left > 0) return setTimeout(count, 1000, left - 1);
    text.remove();
    close.hidden = false;
  };

  const ways = {
    "two-clicks": () => {
      if (close.classList.contains("asked")) return gone();
      close.classList.add("asked");
      close.textContent = "再点一次关闭";
    },
    "close-opens-ad": () => { window.open("/campaign/spring", "_blank"); gone(); },
    retention: () => {
      promo.querySelector(".promo-box").hidden = true;
      promo.querySelector(".promo-retain").hidden = false;
    },
    returns: () => {
      remember();
      promo.hidden = true;
      setTimeout(() => { promo.hidden = false; }, 30000);
    },
    "mask-stays": () => {
      remember();
      promo.querySelector(".promo-box").remove();
      promo.querySelector(".promo-mask").classList.add("thin");
    },
    stacked: () => {
      gone();
      const next = document.getElementById("promo-next");
      next.hidden = false;
      next.querySelector("button").addEventListener("click", () => next.remove());
    },
    ball: () => {
      gone();
      const ball = document.getElementById("promo-ball");
      ball.hidden = false;
      ball.querySelector("button").addEventListener("click", () => ball.classList.toggle("nudged"));
    },
    fades: () => {
      remember();
      promo.classList.add("closing");
      promo.addEventListener("transitionend", () => promo.remove(), { once: true });
    },
  };
  close?.addEventListener("click", ways[mode] ?? gone);

  if (mode === "retention") {
    promo.querySelector("[data-leave]").addEventListener("click", gone);
    promo.querySelector("[data-keep]").addEventListener("click", () => {
      promo.querySelector(".promo-retain").hidden = true;
      promo.querySelector(".promo-box").hidden = false;
    });
  }
  if (mode === "mask-only") {
    promo.querySelector(".promo-mask").addEventListener("click", gone);
    addEventListener("keydown", (event) => { if (event.key === "Escape") gone(); });
  }
  if (mode === "glass") promo.querySelector(".promo-glass").addEventListener("click", (event) => event.currentTarget.remove());
  if (mode === "close-runs") {
    const spots = [["10px", "auto"], ["auto", "10px"]];
    let turn = 0;
    const run = (event) => {
      const box = close.getBoundingClientRect();
      const far = Math.hypot(event.clientX - box.x - box.width / 2, event.clientY - box.y - box.height / 2);
      if (far > 70) return;
      turn += 1;
      [close.style.top, close.style.bottom] = spots[turn % 2];
      if (turn % 4 > 1) [close.style.left, close.style.right] = ["10px", "auto"];
      else [close.style.left, close.style.right] = ["auto", "10px"];
    };
    addEventListener("pointermove", run);
    addEventListener("pointerdown", run, true);
  }
}
