/* The moderation desk by keyboard. Every key only presses a button that is on the page; the keys can be switched off. */
const list = document.querySelector("[data-desk]");
const told = document.querySelector("[data-keys]");
const REMEMBERED = "comments.desk.keys";
const WORDS = "Keys: J next, K back, A publish, R decline, H hold, O open, U undo.";
const rows = list ? [...list.querySelectorAll("[data-row]")] : [];
let isOn = window.localStorage.getItem(REMEMBERED) !== "off";

const current = () => rows.findIndex((row) => row.contains(document.activeElement));

function go(index) {
  const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
  row?.focus();
  row?.scrollIntoView({ block: "nearest" });
}

function press(row, name) {
  const control = row?.querySelector(`[data-do="${name}"]`);
  if (!control) return;
  if (control.tagName !== "DETAILS") { control.click(); return; }
  control.open = true;
  control.querySelector("select").focus();
}

const KEYS = {
  j: () => go(current() + 1),
  k: () => go(current() - 1),
  a: (row) => press(row, "publish"),
  r: (row) => press(row, "decline"),
  h: (row) => press(row, "hold"),
  o: (row) => row?.querySelector("[data-open]").click(),
  u: () => document.querySelector("[data-undo]")?.requestSubmit(),
};

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

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]");
  if (event.key === "Escape") event.target.closest("details[open]")?.removeAttribute("open");
  if (!isOn || isTyping || event.ctrlKey || event.metaKey || event.altKey || !KEYS[event.key.toLowerCase()]) return;
  event.preventDefault();
  KEYS[event.key.toLowerCase()](rows[Math.max(0, current())]);
});

if (list) {
  tell();
  const back = rows.findIndex((row) => row.id === window.location.hash.slice(1));
  if (back >= 0) go(back);
}
