"use strict";
// Files are sent one by one over REST, so that each has its own progress and its own fault; without this the form does.
const form = document.querySelector("form[data-stuur]");
const MEGABYTE = 1000000;
const MOST_BYTES = 100 * MEGABYTE;

if (form) {
  const input = form.querySelector("input[type=file]");
  const drop = form.querySelector(".bw-drop");
  const list = form.querySelector("[data-bestanden]");
  const told = form.querySelector("[data-stand]");
  const button = form.querySelector("button[type=submit]");

  const hint = document.createElement("p");
  hint.className = "bw-hint";
  hint.textContent = "Of sleep bestanden naar dit vak.";
  drop.append(hint);

  for (const name of ["dragenter", "dragover"]) {
    drop.addEventListener(name, (event) => {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      drop.classList.add("bw-drop--over");
    });
  }
  for (const name of ["dragleave", "drop"]) {
    drop.addEventListener(name, () => drop.classList.remove("bw-drop--over"));
  }
  drop.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    input.files = event.dataTransfer.files;
    told.textContent = `${input.files.length === 1 ? "1 bestand" : `${input.files.length} bestanden`} gekozen. Kies Voeg toe om te versturen.`;
  });

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    list.replaceChildren();
    const files = [...input.files];
    const fields = fieldsOf(form, files.length);
    const rows = files.map((file) => rowOf(file, list));
    told.textContent = `0 van ${files.length} verstuurd.`;
    const tasks = [];
    let refused = 0;
    for (const [number, file] of files.entries()) {
      const task = await sendFile(form.dataset.stuur, file, fields, rows[number]);
      if (task) tasks.push(follow(task, rows[number]));
      else refused += 1;
      told.textContent = `${number + 1} van ${files.length} verstuurd${refused ? `, ${refused} niet aangenomen` : ""}.`;
    }
    const read = (await Promise.all(tasks)).filter(Boolean).length;
    told.textContent = `Klaar: ${read} van ${files.length} ingelezen${read < files.length ? "; bij de andere staat wat er misging" : ""}.`;
    button.disabled = false;
    if (!read) return;
    input.value = "";
    const again = document.createElement("a");
    again.href = "/documenten";
    again.textContent = "Toon de lijst opnieuw";
    told.append(" ", again);
  });
}

// The filled-in fields as REST takes them: of several in one field each on its own.
function fieldsOf(form, count) {
  const found = [];
  for (const [name, value] of new FormData(form)) {
    if (typeof value !== "string" || !value.trim()) continue;
    const separator = { gemeente: /[;\r\n]+/, vervangt: /[;,\s]+/ }[name];
    for (const part of separator ? value.split(separator) : [value]) {
      if (part.trim()) found.push([name, part.trim()]);
    }
  }
  return { texts: found, alone: count > 1 ? found.map(([name]) => name).find((name) => ["titel", "vervangt"].includes(name)) : "" };
}

function rowOf(file, list) {
  const row = document.createElement("li");
  const name = document.createElement("strong");
  const progress = document.createElement("progress");
  const state = document.createElement("span");
  name.textContent = file.name;
  name.className = "bw-break";
  progress.max = 1;
  progress.value = 0;
  progress.setAttribute("aria-label", `Voortgang van ${file.name}`);
  state.textContent = "wacht";
  row.append(name, progress, state);
  list.append(row);
  return { row, progress, state };
}

function fail(shown, reason) {
  shown.progress.remove();
  shown.row.className = "bw-error";
  shown.state.textContent = `Niet gelukt: ${reason}`;
  return null;
}

// Sends one file; its task, or null where it was refused.
function sendFile(address, file, fields, shown) {
  if (fields.alone) return fail(shown, `${fields.alone} geldt voor één bestand; laat dat leeg of stuur de bestanden apart.`);
  if (file.size > MOST_BYTES) return fail(shown, `groter dan ${MOST_BYTES / MEGABYTE} MB; deel het op of maak het kleiner.`);
  const body = new FormData();
  for (const [name, value] of fields.texts) body.append(name, value);
  body.append("bestand", file);
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) return;
      shown.progress.value = event.loaded / event.total;
      shown.state.textContent = `versturen, ${Math.round((100 * event.loaded) / event.total)}%`;
    });
    request.addEventListener("load", () => {
      if (request.status === 202) return resolve(request.response);
      resolve(fail(shown, reasonOf(request.response)));
    });
    request.addEventListener("error", () => resolve(fail(shown, "de verbinding is verbroken; probeer het opnieuw.")));
    request.send(body);
  });
}

function reasonOf(problem) {
  const invalid = problem?.invalidParams ?? [];
  if (invalid.length) return invalid.map((each) => `${each.name} ${each.reason}`).join("; ");
  return problem?.detail ?? "de dienst gaf geen uitleg.";
}

// Follows the reading of one file until it has ended; whether it was read.
async function follow(task, shown) {
  let known = task;
  while (known.staat === "wacht" || known.staat === "bezig") {
    shown.progress.value = known.voortgang;
    shown.state.textContent = known.staat === "wacht" ? "verstuurd, wacht op inlezen" : `inlezen, ${Math.round(100 * known.voortgang)}%`;
    await new Promise((resolve) => setTimeout(resolve, 1000));
    try {
      const answer = await fetch(known.links.self, { cache: "no-store" });
      if (answer.ok) known = await answer.json();
      else if (answer.status === 404) return Boolean(fail(shown, "de taak is er niet meer."));
    } catch {
      // The service does not answer for a moment: ask again.
    }
  }
  if (known.staat === "mislukt") return Boolean(fail(shown, known.fout));
  const link = document.createElement("a");
  link.href = `/documenten/${encodeURIComponent(known.resultaat.document)}`;
  link.textContent = "lees het document";
  shown.progress.remove();
  shown.state.textContent = known.resultaat.ongewijzigd ? "✓ was er al, " : `✓ ingelezen (${known.resultaat.passages} passages), `;
  shown.state.append(link);
  return true;
}
