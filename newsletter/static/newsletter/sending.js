// Follows a sending: asks every few seconds for the part of the screen that moves, until it moves no more.
const EVERY = 4000;
const LONGEST = 60000;
const region = document.querySelector("[data-progress-url]");
const says = document.querySelector("[data-progress-says]");
let wait = EVERY;

function later() {
  if (region.querySelector("[data-moving]")) setTimeout(look, wait);
}

// While somebody is at a button, only the numbers change under them.
function put(fresh) {
  const before = region.querySelector("[data-state]");
  const after = fresh.querySelector("[data-state]");
  const isSame = before.dataset.state === after.dataset.state;
  if (isSame) {
    for (const name of ["now", "counts"]) {
      const place = region.querySelector(`[data-part="${name}"]`);
      const found = fresh.querySelector(`[data-part="${name}"]`);
      if (place && found) place.replaceWith(found);
    }
  } else {
    region.replaceChildren(...fresh.body.childNodes);
    says.textContent = after.dataset.says;
  }
}

async function look() {
  if (document.hidden) {
    document.addEventListener("visibilitychange", look, { once: true });
    return;
  }
  try {
    const answer = await fetch(region.dataset.progressUrl, { credentials: "same-origin", redirect: "error" });
    if (!answer.ok) throw new Error(String(answer.status));
    put(new DOMParser().parseFromString(await answer.text(), "text/html"));
    wait = EVERY;
  } catch {
    wait = Math.min(wait * 2, LONGEST);
  }
  later();
}

if (region) later();
