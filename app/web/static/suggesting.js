"use strict";
// Suggestions under the field of a question: the combobox with a list of the ARIA Authoring Practices. Nothing is kept.
const PAUSE = 120; // milliseconds without typing before anything is asked
const QUIET = 500; // and before a screen reader hears how many there are
const MOST_CHARACTERS = 200;
const MOST_KNOWN = 50;
const KINDS = { kop: "kop", onderwerp: "onderwerp", afkorting: "afkorting" };

// A text without capitals and accents, with the place in the text of each of its signs.
function folded(text) {
  const places = [];
  let plain = "";
  for (let place = 0; place < text.length; place += 1) {
    const signs = text[place].normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
    for (let each = 0; each < signs.length; each += 1) places.push(place);
    plain += signs;
  }
  return { plain, places };
}

function words(text) {
  return folded(text).plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}

// Where the typed words stand in a suggestion: at the beginning of a word, else inside one; false where not typed.
function marked(text, typed) {
  const { plain, places } = folded(text);
  const found = new Array(text.length).fill(false);
  for (const word of typed) {
    let at = plain.search(new RegExp(`(?<![\\p{L}\\p{N}])${word}`, "u"));
    if (at < 0) at = plain.indexOf(word);
    if (at >= 0) found.fill(true, places[at], (places[at + word.length - 1] ?? text.length - 1) + 1);
  }
  return found;
}

class Suggesting {
  constructor(input) {
    this.input = input;
    this.options = [];
    this.active = -1;
    this.known = new Map();
    this.list = document.createElement("ul");
    this.list.id = `${input.id}-suggesties`;
    this.list.className = "bw-suggestions";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Suggesties");
    this.told = document.createElement("span");
    this.told.className = "bw-hidden";
    this.told.setAttribute("role", "status");
    input.after(this.list);
    input.form.append(this.told);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", this.list.id);
    input.addEventListener("input", (event) => event.isComposing || this.typed());
    input.addEventListener("compositionend", () => this.typed());
    input.addEventListener("keydown", (event) => event.isComposing || this.pressed(event));
    input.addEventListener("blur", () => this.rest());
    input.form.addEventListener("submit", () => this.rest());
    addEventListener("pagehide", () => this.rest());
    this.list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose(this.options.indexOf(option));
    });
  }

  get open() {
    return !this.list.hidden;
  }

  typed() {
    this.forget();
    this.activate(-1); // what was selected is of the former text
    const text = this.input.value.trim();
    if (words(text).join("").length < 2 || text.length > MOST_CHARACTERS) return this.close();
    this.timer = setTimeout(() => this.ask(text), PAUSE);
  }

  async ask(text, then = () => {}) {
    this.forget();
    const asked = new AbortController();
    this.asked = asked;
    let found = this.known.get(text);
    if (!found) {
      try {
        const address = `${this.input.dataset.suggesties}?q=${encodeURIComponent(text)}`;
        const answer = await fetch(address, { signal: asked.signal, headers: { Accept: "application/json" } });
        found = answer.ok ? (await answer.json()).suggesties : [];
      } catch {
        found = []; // broken off, or the service does not answer: there is no list, and searching goes on as ever
      }
      if (asked.signal.aborted) return;
      if (found.length) this.known.set(text, found);
      if (this.known.size > MOST_KNOWN) this.known.delete(this.known.keys().next().value);
    }
    if (document.activeElement !== this.input) return;
    this.show(found, words(text));
    then();
  }

  show(found, typed) {
    const others = found.filter((each) => each.tekst !== this.input.value.trim());
    this.options = others.map((each, place) => this.option(each, place, typed));
    this.list.replaceChildren(...this.options);
    this.list.scrollTop = 0;
    this.activate(-1);
    this.list.hidden = others.length === 0;
    this.input.setAttribute("aria-expanded", String(this.open));
    const count = others.length === 1 ? "1 suggestie" : `${others.length} suggesties`;
    const news = others.length ? `${count}, kies met de pijltoetsen` : "Geen suggesties";
    this.telling = setTimeout(() => { this.told.textContent = news; }, QUIET);
  }

  option(each, place, typed) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${place}`;
    option.className = "bw-suggestions__option";
    option.dataset.text = each.tekst;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    const text = document.createElement("bdi");
    const found = marked(each.tekst, typed);
    for (let start = 0, end = 0; start < found.length; start = end) {
      while (end < found.length && found[end] === found[start]) end += 1;
      const piece = document.createElement("span");
      if (found[start]) piece.className = "bw-suggestions__typed";
      piece.textContent = each.tekst.slice(start, end);
      text.append(piece);
    }
    const about = document.createElement("span");
    about.className = "bw-suggestions__about";
    const count = each.aantalGemeenten;
    about.textContent = KINDS[each.soort] + (count ? ` in ${count} ${count === 1 ? "gemeente" : "gemeenten"}` : "");
    option.append(text, " ", about);
    return option;
  }

  pressed(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (event.altKey) return step > 0 ? this.reopen() : this.close();
      if (this.open) this.move(step);
      else this.reopen(() => this.move(step));
    } else if (event.altKey) {
      return;
    } else if (event.key === "Enter" && this.active >= 0) {
      event.preventDefault();
      this.choose(this.active);
    } else if (event.key === "Escape" && this.open) {
      event.preventDefault(); // which would empty the field
      event.stopPropagation();
      this.rest();
    } else if (event.key === "Tab") {
      this.rest();
    } else if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(event.key)) {
      this.activate(-1); // back to the text, in which the key does what it always does
    }
  }

  reopen(then = () => {}) {
    const text = this.input.value.trim();
    if (words(text).join("").length >= 2 && text.length <= MOST_CHARACTERS) this.ask(text, then);
  }

  move(step) {
    const count = this.options.length;
    if (count) this.activate(this.active < 0 ? (step > 0 ? 0 : count - 1) : (this.active + step + count) % count);
  }

  activate(place) {
    this.options[this.active]?.setAttribute("aria-selected", "false");
    this.active = place;
    const option = this.options[place];
    if (!option) return this.input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    this.input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  choose(place) {
    this.input.value = this.options[place].dataset.text;
    this.rest();
    this.input.form.requestSubmit();
  }

  close() {
    this.list.hidden = true;
    this.activate(-1);
    this.input.setAttribute("aria-expanded", "false");
    this.told.textContent = "";
  }

  forget() {
    clearTimeout(this.timer);
    clearTimeout(this.telling);
    this.asked?.abort();
  }

  rest() {
    this.forget();
    this.close();
  }
}

for (const input of document.querySelectorAll("input[data-suggesties]")) new Suggesting(input);
