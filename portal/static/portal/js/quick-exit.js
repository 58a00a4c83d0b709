/* Leaves at once, by the link or three presses of Shift; Back does not come back. */
const bar = document.querySelector("[data-quick-exit]");
const link = bar.querySelector("a");
let presses = [];

function leave() {
  document.documentElement.hidden = true;
  document.title = "";
  window.location.replace(link.href);
}

link.addEventListener("click", (event) => {
  event.preventDefault();
  leave();
});
document.addEventListener("keyup", (event) => {
  presses = event.key === "Shift" ? [...presses, event.timeStamp].filter((at) => event.timeStamp - at < 5000) : [];
  if (presses.length === 3) leave();
});
window.addEventListener("pageshow", (event) => event.persisted && window.location.reload());
bar.classList.add("is-ready");
