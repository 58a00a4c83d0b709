/* One comment's page: says every half minute that it is open, so that a colleague who opens it too is warned, and this one
   as well; and puts a saved answer into the box without a reload. */
const place = document.querySelector("[data-colleagues]");
const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
const EVERY = 30_000;

function body() {
  const form = new FormData();
  form.set("csrfmiddlewaretoken", token);
  return form;
}

async function stillHere() {
  if (document.hidden) return;
  try {
    const answer = await fetch(place.dataset.openUrl, { method: "POST", body: body() });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const words = page.body.textContent.trim();
    if (words !== place.textContent.trim()) place.replaceChildren(...page.body.childNodes);
  } catch {
    // Without a network nobody can be told; the next time may work.
  }
}

if (place && token) {
  window.setInterval(stillHere, EVERY);
  document.addEventListener("visibilitychange", stillHere);
  window.addEventListener("pagehide", () => navigator.sendBeacon(place.dataset.shutUrl, body()));
}

const saved = document.querySelector("[data-saved]");
saved?.form.addEventListener("submit", (event) => {
  const box = document.querySelector("textarea[name=words]:not([data-shown])");
  if (!box) return;
  event.preventDefault();
  box.value = saved.selectedOptions[0].dataset.words;
  box.focus();
});
