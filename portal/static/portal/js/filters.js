/* Narrows the list in place; the count is a status, so it is read out. */
const PARTS = ["results-count", "results"];
let asking;

async function narrow(form) {
  const url = new URL(form.action);
  url.search = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  asking?.abort();
  asking = new AbortController();
  try {
    const answer = await fetch(url, { signal: asking.signal });
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const id of PARTS) document.getElementById(id).replaceChildren(...page.getElementById(id).childNodes);
    window.history.replaceState(null, "", url);
    document.dispatchEvent(new CustomEvent("filters:changed", { detail: url.search }));
  } catch (error) {
    if (error.name !== "AbortError") form.submit();
  }
}

for (const form of document.querySelectorAll("[data-filters]")) {
  if (!PARTS.every((id) => document.getElementById(id))) continue;
  form.addEventListener("change", () => narrow(form));
  form.addEventListener("submit", (event) => { event.preventDefault(); narrow(form); });
}
