"use strict";
// Follows what takes time: the part of the page that tells of it is fetched anew until it is done.
const WAIT = 3000;
const region = document.getElementById("volgen");
const told = document.getElementById("stand");
const waiting = document.querySelector("[data-wacht]");

async function followOn() {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("volgen");
    if (!answer.ok || !fresh) return location.reload();
    if (fresh.innerHTML !== region.innerHTML) {
      const focused = region.contains(document.activeElement) ? document.activeElement.id : "";
      region.replaceChildren(...fresh.childNodes);
      if (focused) document.getElementById(focused)?.focus();
    }
    region.dataset.volg = fresh.dataset.volg;
  } catch {
    // The service does not answer for a moment: ask again later.
  }
  if (region.dataset.volg) setTimeout(followOn, WAIT);
  else told.textContent = told.dataset.klaar;
}

async function waitOn() {
  try {
    if ((await fetch("/readyz", { cache: "no-store" })).ok) return location.reload();
  } catch {
    // As above.
  }
  setTimeout(waitOn, WAIT);
}

if (region?.dataset.volg) setTimeout(followOn, WAIT);
if (waiting) setTimeout(waitOn, WAIT);
