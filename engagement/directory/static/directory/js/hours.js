/* Reads opening hours back in words while they are typed; without it they are read back after saving. */
const field = document.querySelector("[data-hours]");
let wait;

async function readBack(said) {
  const url = new URL(field.dataset.hours, window.location.href);
  url.searchParams.set("value", field.value);
  const answer = await fetch(url);
  if (answer.ok) said.textContent = (await answer.json()).words;
}

if (field) {
  const said = document.createElement("p");
  said.className = "help";
  said.setAttribute("role", "status");
  field.after(said);
  field.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(() => readBack(said), 400);
  });
}
