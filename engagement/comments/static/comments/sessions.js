/* The grid of a session by keyboard: Enter goes on, rows come as they are needed, and nothing typed is lost with the page. */
const form = document.querySelector("[data-grid]");
const body = form.querySelector("tbody");
const says = document.querySelector("[data-grid-says]");
const more = form.querySelector("[data-grid-more]");
const FIELDS = ["number", "where", "feeling", "words", "agreeing", "theme"];
// Kept in this tab alone, and gone when it closes: these are residents' words.
const DRAFT = `comments.grid.${form.dataset.grid}`;
const entered = new Set(form.dataset.entered.split(","));
let isSending = false;

const boxes = (row) => FIELDS.map((name) => row.querySelector(`[name="${name}"]`));
const values = (row) => boxes(row).map((box) => box.value);
const isBlank = (row) => values(row).every((value, place) => place === 0 || value.trim() === "");
const rows = () => [...body.rows];

function nextNumber() {
  const used = new Set([...entered, ...rows().map((row) => boxes(row)[0].value.trim())]);
  let number = Math.max(0, ...[...used].map(Number).filter(Number.isInteger)) + 1;
  while (used.has(String(number))) number += 1;
  return number > Number(form.dataset.last) ? "" : String(number);
}

function addRow() {
  if (body.rows.length >= Number(form.dataset.most)) {
    says.textContent = "That is as much as one page holds. Take these in, then go on.";
    return null;
  }
  const number = nextNumber();
  const row = body.rows[0].cloneNode(true);
  const line = body.rows.length + 1;
  row.removeAttribute("class");
  row.querySelectorAll(".session-problem").forEach((problem) => problem.remove());
  row.querySelectorAll("label").forEach((label) => {
    label.htmlFor = label.htmlFor.replace(/\d+$/, line);
    label.textContent = label.textContent.replace(/\d+$/, line);
  });
  boxes(row).forEach((box, place) => {
    box.id = box.id.replace(/\d+$/, line);
    box.removeAttribute("aria-invalid");
    box.removeAttribute("aria-describedby");
    box.value = place === 0 ? number : "";
  });
  body.append(row);
  return row;
}

function step(box, way) {
  const all = rows().flatMap(boxes);
  let next = all[all.indexOf(box) + way];
  if (!next && way > 0) next = boxes(addRow() ?? body.rows[0])[0];
  // The number stands there already, so the way leads on to the place.
  if (next?.name === "number" && way > 0 && next.value) next = boxes(next.closest("tr"))[1];
  next?.focus();
  next?.select();
}

function keep() {
  const written = rows().filter((row) => !isBlank(row)).map(values);
  try {
    if (written.length) sessionStorage.setItem(DRAFT, JSON.stringify(written));
    else sessionStorage.removeItem(DRAFT);
  } catch { /* A full or forbidden store takes nothing away from the page. */ }
}

function restore() {
  let draft = [];
  try { draft = JSON.parse(sessionStorage.getItem(DRAFT)) ?? []; } catch { /* Not ours: start empty. */ }
  const lost = draft.filter((row) => !entered.has(row[0].trim()));
  if (!lost.length || Number(form.dataset.refused) || rows().some((row) => !isBlank(row))) return;
  for (const [place, kept] of lost.entries()) {
    const row = rows()[place] ?? addRow();
    if (row) boxes(row).forEach((box, field) => { box.value = kept[field] ?? ""; });
  }
  says.textContent = `What you typed before is back: ${lost.length} row${lost.length > 1 ? "s" : ""} not taken in yet.`;
}

document.querySelector("[data-grid-keys]").hidden = false;
restore();
keep();
const empty = () => rows().find(isBlank) ?? addRow() ?? body.rows[0];
(document.querySelector("#left") ?? boxes(empty())[1]).focus();

form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || event.target.tagName === "BUTTON") return;
  event.preventDefault();
  if (event.ctrlKey || event.metaKey) form.requestSubmit(form.querySelector("[name=take]"));
  else step(event.target, event.shiftKey ? -1 : 1);
});
form.addEventListener("input", keep);
form.addEventListener("submit", () => { isSending = true; });
more.addEventListener("click", (event) => {
  event.preventDefault();
  const row = addRow();
  if (row) boxes(row)[1].focus();
});
window.addEventListener("beforeunload", (event) => {
  if (!isSending && rows().some((row) => !isBlank(row))) event.preventDefault();
});
