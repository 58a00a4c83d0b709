/* Reads the rows of opening hours back in words while they are filled in; without it they are read back after saving. */
const box = document.querySelector("[data-hours]");
let wait;

async function readBack() {
  const url = new URL(box.dataset.hours, window.location.href);
  for (const [name, value] of new FormData(box.closest("form"))) {
    if (name.startsWith("hours-") && typeof value === "string") url.searchParams.append(name, value);
  }
  const answer = await fetch(url);
  if (answer.ok) box.querySelector("[data-hours-words]").textContent = (await answer.json()).words;
}

if (box) {
  box.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(readBack, 400);
  });
}
