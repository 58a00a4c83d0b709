/* The moderation desk by keyboard, and decisions in place: each key only presses a button that is on the page, and the page
   works without any of it. The keys can be switched off. */
const list = document.querySelector("[data-desk]");
const told = document.querySelector("[data-keys]");
const FIRST = "#first";
const REMEMBERED = "comments.desk.keys";
const WORDS = "Keys: J next, K back, A publish, E take something out (then Ctrl and Enter), R decline or H hold (then the number of the reason, and of a saved reply, and Enter), X tick, O open, U undo.";
let isOn = window.localStorage.getItem(REMEMBERED) !== "off";
const undone = [];

const rows = () => [...list.querySelectorAll("[data-row]")];
const current = () => rows().findIndex((row) => row.contains(document.activeElement));

function focusOn(row) {
  row?.focus();
  row?.scrollIntoView({ block: "nearest" });
}

const go = (index) => focusOn(rows()[Math.max(0, Math.min(rows().length - 1, index))]);

function goOn(after) {
  const all = rows();
  const from = all.indexOf(after);
  const open = (row) => !row.hasAttribute("data-settled");
  const next = all.slice(from + 1).find(open);
  if (next) focusOn(next);
  else if (!turnPage()) focusOn(all.find(open) ?? after);
}

function turnPage() {
  const { more } = list.dataset;
  if (more) window.location.assign(`${more}${FIRST}`);
  return Boolean(more);
}

function next() {
  const at = current();
  if (at < 0 || at < rows().length - 1 || !turnPage()) go(at + 1);
}

function press(row, name, inside) {
  const control = row?.querySelector(`[data-do="${name}"]`);
  if (!control) return;
  if (control.tagName !== "DETAILS") { control.click(); return; }
  control.open = true;
  const box = control.querySelector(inside);
  box.focus();
  box.scrollIntoView({ block: "center" });
}

function undo(row) {
  const form = row?.querySelector("[data-undo]") ?? row?.querySelector("[data-undo-redaction]")
    ?? document.getElementById(undone.at(-1))?.querySelector("[data-undo], [data-undo-redaction]")
    ?? document.querySelector("[data-desk-last] [data-undo]");
  form?.requestSubmit();
}

const KEYS = {
  j: next,
  k: () => go(current() - 1),
  a: (row) => press(row, "publish"),
  e: (row) => press(row, "redact", "[data-shown]"),
  r: (row) => press(row, "decline", "[data-reason]"),
  h: (row) => press(row, "hold", "[data-reason]"),
  x: (row) => row?.querySelector("[data-tick]")?.click(),
  o: (row) => row?.querySelector("[data-open]")?.click(),
  u: undo,
};

async function inPlace(form, submitter) {
  const row = form.closest("[data-row]");
  if (row.hasAttribute("aria-busy")) return;
  row.setAttribute("aria-busy", "true");
  const body = new FormData(form, submitter);
  let answer;
  try {
    answer = await fetch(form.action, { method: "POST", body, headers: { "X-In-Place": "1" } });
  } catch {
    row.removeAttribute("aria-busy");
    form.submit();
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-row]");
  // Signed out, or something odd: the whole page says it best.
  if (answer.redirected || !fresh) { window.location.reload(); return; }
  row.replaceWith(fresh);
  // What was decided in place is undone in place; the line above the list is about an older one.
  document.querySelector("[data-desk-last]")?.replaceChildren();
  const known = undone.indexOf(fresh.id);
  if (known >= 0) undone.splice(known, 1);
  if (fresh.querySelector("[data-undo], [data-undo-redaction]")) undone.push(fresh.id);
  if (fresh.hasAttribute("data-settled")) goOn(fresh);
  else focusOn(fresh);
}

function tell() {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-small button-secondary";
  button.textContent = isOn ? "Switch the keys off" : "Switch the keys on";
  button.addEventListener("click", () => {
    isOn = !isOn;
    window.localStorage.setItem(REMEMBERED, isOn ? "on" : "off");
    tell();
    told.querySelector("button").focus();
  });
  told.replaceChildren(isOn ? `${WORDS} ` : "", button);
  told.hidden = false;
}

function chooseByNumber(event) {
  const options = [...event.target.options].filter((option) => option.value);
  const chosen = options[Number(event.key) - 1];
  if (!chosen) return;
  event.preventDefault();
  event.target.value = chosen.value;
  const reply = event.target.form.querySelector("[data-reply]");
  // Another reason is nothing without its words; and what the author is told is read before it goes.
  if (chosen.value === "other") event.target.form.querySelector("[name=note]").focus();
  else if (reply) reply.focus();
  else event.target.form.requestSubmit();
}

/* What a saved reply says, before it goes. */
function showReply(select) {
  const { form, value } = select;
  const words = value ? form.querySelector(`[data-words-of="${value}"]`) : null;
  form.querySelector("[data-reply-shown]").replaceChildren(...(words ? words.cloneNode(true).childNodes : []));
}

/* A number chooses a saved reply, nought only the reason, and Enter sends it. */
function replyByNumber(event) {
  const select = event.target;
  if (event.key === "Enter") { event.preventDefault(); select.form.requestSubmit(); return; }
  const chosen = select.options[Number(event.key)];
  if (!chosen) return;
  event.preventDefault();
  select.value = chosen.value;
  showReply(select);
}

function pressed(event) {
  const details = event.target.closest("details[open]");
  if (event.key === "Escape" && details) {
    details.removeAttribute("open");
    focusOn(details.closest("[data-row]"));
    return;
  }
  if (!isOn || event.metaKey || event.altKey) return;
  if (event.ctrlKey) {
    if (event.key !== "Enter" || !event.target.matches("[data-shown]")) return;
    event.preventDefault();
    const { form } = event.target;
    form.requestSubmit(form.querySelector("[data-at-once]") ?? form.querySelector("button"));
    return;
  }
  if (event.target.matches("[data-reason]") && /^[1-9]$/.test(event.key)) { chooseByNumber(event); return; }
  if (event.target.matches("[data-reply]") && /^([0-9]|Enter)$/.test(event.key)) { replyByNumber(event); return; }
  const isTyping = event.target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]");
  const key = KEYS[event.key.toLowerCase()];
  if (isTyping || !key) return;
  event.preventDefault();
  key(rows()[Math.max(0, current())]);
}

if (list) {
  tell();
  document.addEventListener("keydown", pressed);
  list.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-in-place]")) return;
    event.preventDefault();
    inPlace(event.target, event.submitter);
  });
  list.addEventListener("change", (event) => { if (event.target.matches("[data-reply]")) showReply(event.target); });
  const { hash } = window.location;
  const back = hash === FIRST ? 0 : rows().findIndex((row) => row.id === hash.slice(1));
  if (back >= 0) go(back);
}
