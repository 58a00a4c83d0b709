// Wagtail's checker has the same words for every finding of a kind. Each is told in full at its place in the preview: this
// puts those words, which begin with the part ("Story 3 …"), into the checker's row. Without it the words of the kind stay.
const panel = document.querySelector("[data-checks-panel]");

function wordsAt(selector) {
  const preview = document.querySelector("#w-preview-iframe");
  try {
    return preview?.contentDocument?.querySelector(selector)?.dataset.says;
  } catch {
    return undefined;
  }
}

function tell() {
  for (const row of panel.querySelectorAll("[data-content-checker-row]")) {
    const place = row.querySelector("[data-content-checker-selector-text]");
    const words = place?.textContent.trim() && wordsAt(place.textContent.trim());
    if (words) row.querySelector("[data-content-checker-help]").textContent = words;
  }
}

if (panel) new MutationObserver(tell).observe(panel, { childList: true });
