"use strict";
// Everything works without this; with it a comparison is printed in one click, and what a link leads to opens.
{
  const comparison = document.querySelector(".bw-comparison");
  const row = document.currentScript.previousElementSibling;
  const print = document.createElement("button");
  print.type = "button";
  print.className = "bw-button bw-button--quiet";
  print.textContent = "Druk af";
  print.addEventListener("click", () => window.print());
  row.append(print);

  // On paper nothing opens any more, so all stands open; afterwards it is as it was.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...comparison.querySelectorAll("details:not([open], .bw-copy, .bw-feedback)")];
    for (const each of opened) each.open = true;
  });
  addEventListener("afterprint", () => {
    for (const each of opened) each.open = false;
    opened = [];
  });

  // A verdict leads to its municipality: the passages there are what was asked for.
  function open() {
    const target = document.getElementById(place());
    const passages = target?.querySelector(":scope > .bw-folds > .bw-passages");
    if (passages) passages.open = true;
  }
  function place() {
    const hash = location.hash.slice(1);
    try {
      return decodeURIComponent(hash);
    } catch {
      return hash; // Whoever wrote it did not encode it.
    }
  }
  addEventListener("hashchange", open);
  addEventListener("DOMContentLoaded", () => {
    open();
    for (const sides of document.querySelectorAll("[data-kanten]")) sides.previousElementSibling.append(toggle(sides));
  });

  function toggle(sides) {
    const all = [...sides.querySelectorAll(":scope > details")];
    const made = document.createElement("button");
    made.type = "button";
    made.className = "bw-button bw-button--quiet";
    const tell = () => {
      made.textContent = all.every((each) => each.open) ? "Sluit alle kanten" : "Open alle kanten";
    };
    made.addEventListener("click", () => {
      const close = all.every((each) => each.open);
      for (const each of all) each.open = !close;
    });
    for (const each of all) each.addEventListener("toggle", tell);
    tell();
    return made;
  }
}
