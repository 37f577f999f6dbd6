"use strict";
// A long list of choices: a field that narrows it, all or none in one go, and the number chosen where the list is closed.
{
  const list = document.currentScript.previousElementSibling;
  const choices = [...list.querySelectorAll(".bw-choice")].map((row) => ({
    row,
    box: row.querySelector("input"),
    name: plain(row.textContent),
  }));
  const told = list.closest("details")?.querySelector("[data-gekozen]");
  const none = told && !choices.some(({ box }) => box.checked) ? told.textContent : "alle gemeenten";

  const tools = document.createElement("div");
  tools.className = "bw-choosing__tools";
  const label = document.createElement("label");
  label.htmlFor = `${choices[0].box.id}-zoek`;
  label.textContent = "Zoek een gemeente";
  const field = document.createElement("input");
  field.id = label.htmlFor;
  field.type = "search";
  field.autocomplete = "off";
  const shown = document.createElement("span");
  shown.className = "bw-hint";
  shown.setAttribute("role", "status");
  const all = button("Kies alle", true);
  const no = button("Kies geen", false);
  const place = document.createElement("div");
  place.className = "bw-field";
  place.append(label, field);
  tools.append(place, all, no, shown);
  list.before(tools);

  field.addEventListener("input", narrow);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
    if (event.key === "Escape" && field.value) {
      field.value = "";
      narrow();
      event.preventDefault();
    }
  });
  list.addEventListener("change", count);
  // A browser that goes back fills the boxes in again after this ran.
  addEventListener("pageshow", count);

  function narrow() {
    const wanted = plain(field.value);
    for (const { row, name } of choices) row.hidden = !name.includes(wanted);
    const left = choices.filter(({ row }) => !row.hidden).length;
    shown.textContent = wanted ? `${left} van ${choices.length} getoond` : "";
    all.textContent = wanted ? "Kies de getoonde" : "Kies alle";
    no.textContent = wanted ? "Kies de getoonde niet" : "Kies geen";
  }

  function count() {
    const chosen = choices.filter(({ box }) => box.checked).length;
    if (told) told.textContent = chosen ? `${chosen} gekozen` : none;
  }

  function button(words, checked) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "bw-button bw-button--quiet";
    made.textContent = words;
    made.addEventListener("click", () => {
      for (const { row, box } of choices) if (!row.hidden) box.checked = checked;
      count();
    });
    return made;
  }

  function plain(text) {
    return text.normalize("NFD").replace(/\p{M}/gu, "").trim().toLowerCase();
  }
}
