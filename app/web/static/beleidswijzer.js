"use strict";
// Everything works without this; with it a quote is copied in one click.
for (const details of document.querySelectorAll(".bw-copy")) {
  const text = details.querySelector("textarea");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "bw-button bw-button--quiet";
  button.textContent = "Kopieer met bron";
  const told = document.createElement("span");
  told.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.value);
      told.textContent = "Gekopieerd";
    } catch {
      details.open = true;
      text.select();
      told.textContent = "Kopieer de geselecteerde tekst";
    }
  });
  details.before(button, told);
  if (navigator.clipboard) details.hidden = true;
}
const faults = document.getElementById("fouten");
if (faults) faults.focus();
// A passage without its anchor in the address: where fonts moved it after it was scrolled to, scroll once more.
const passage = document.getElementById("passage");
if (passage && !location.hash) {
  addEventListener("load", () => document.fonts.ready.then(() => passage.scrollIntoView({ block: "start" })));
}
