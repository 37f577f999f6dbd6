"use strict";
// Everything works without this; with it a quote is copied in one click.
for (const details of document.querySelectorAll(".bw-copy")) {
  const text = details.querySelector("textarea");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "bw-button bw-button--quiet";
  button.append(...details.querySelector("summary").cloneNode(true).childNodes);
  const told = document.createElement("span");
  told.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.value);
      told.textContent = "Gekopieerd";
    } catch {
      details.hidden = false; // the browser does not let a page copy here
      details.open = true;
      text.select();
      told.textContent = "Kopieer de geselecteerde tekst";
    }
  });
  details.before(button, told);
  if (navigator.clipboard) details.hidden = true;
}
// A form that takes a while says so, until the page is left, shown again from the history, or the wait broken off.
const PATIENCE = 300;
for (const form of document.querySelectorAll("form[data-bezig]")) {
  const told = document.createElement("span");
  told.setAttribute("role", "status");
  told.className = "bw-hidden";
  form.append(told);
  const texts = new Map([...form.querySelectorAll("button[type=submit]")].map((button) => [button, button.textContent]));
  let timer = 0;
  const rest = () => {
    clearTimeout(timer);
    told.textContent = "";
    for (const [button, text] of texts) {
      button.classList.remove("bw-button--busy");
      button.textContent = text;
    }
  };
  form.addEventListener("submit", (event) => {
    rest();
    timer = setTimeout(() => {
      const [first] = texts.keys();
      const pressed = event.submitter ?? first;
      pressed.classList.add("bw-button--busy");
      pressed.textContent = "Bezig…";
      told.textContent = form.dataset.bezig;
    }, PATIENCE);
  });
  addEventListener("pageshow", rest);
  addEventListener("keydown", (event) => event.key === "Escape" && rest());
  document.addEventListener("visibilitychange", () => document.hidden && rest());
}
const faults = document.getElementById("fouten");
if (faults) faults.focus();
// A passage without its anchor in the address: where fonts moved it after it was scrolled to, scroll once more.
const passage = document.getElementById("passage");
if (passage && !location.hash) {
  addEventListener("load", () => document.fonts.ready.then(() => passage.scrollIntoView({ block: "start" })));
}
// The contents of a long document show the heading of the passage.
const heading = document.querySelector(".bw-contents [aria-current]");
if (heading) {
  const contents = heading.closest(".bw-contents");
  contents.scrollTop = heading.getBoundingClientRect().top - contents.getBoundingClientRect().top - contents.clientHeight / 2;
}
