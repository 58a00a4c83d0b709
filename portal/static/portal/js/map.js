/* Draws what the list says: a shape for each feeling, a number where there are many. */
import { element, json, openMap, sign } from "./leaflet-map.js";

const L = window.L;
const ROUND = "M15 2a13 13 0 1 0 .1 0z";
const KINDS = {
  good: ["good", "Good", ROUND],
  needs_work: ["needs-work", "Needs work", "M15 2 29 27H1z"],
  idea: ["idea", "An idea", "M15 0 30 15 15 30 0 15z"],
  memory: ["plain", "A memory", "M3 3h24v24H3z"],
  hope: ["good", "A hope", `${ROUND}M15 9a6 6 0 1 1-.1 0z`],
  open: ["idea", "Open now", "M4 2h22v26H4zM15 2v26M4 13h22"],
  plain: ["plain", "", ROUND],
};

function cluster({ count, url }, at, map) {
  const side = Math.min(76, Math.round(40 + 12 * Math.log10(count)));
  const marker = L.marker(at, { icon: L.divIcon({ className: "map-cluster", html: String(Number(count)), iconSize: [side, side] }) });
  const closer = () => (url ? window.location.assign(url) : map.setView(at, map.getZoom() + 2));
  marker.on("click", closer).on("keypress", ({ originalEvent }) => originalEvent.key === "Enter" && closer());
  marker.words = `${count} here. ${url ? "Read them" : "Look closer"}.`;
  return marker;
}

function single({ feeling, is_open: isOpen, title, url, meta, status }, at) {
  const [kind, said, path] = KINDS[feeling] || KINDS[isOpen ? "open" : "plain"];
  const marker = L.marker(at, { icon: sign(kind, path) });
  const facts = [status || said, meta].filter(Boolean).join(" \u00b7 ");
  marker.bindPopup(element("div", {}, element("a", { href: url, textContent: title }), element("p", { textContent: facts })), { maxWidth: 230 });
  marker.words = `${title}. ${status || said}`;
  return marker;
}

async function start(box) {
  const said = box.parentElement.querySelector(".map-said");
  box.hidden = said.hidden = false;
  const { map } = await openMap(box);
  const shown = new Map();
  let chosen = window.location.search;
  let asking;

  const show = (features) => {
    const gone = new Map(shown);
    for (const { geometry, properties } of features) {
      const at = [geometry.coordinates[1], geometry.coordinates[0]];
      const key = [at, properties.count, properties.url].join();
      if (!gone.delete(key)) {
        const marker = (properties.cluster ? cluster : single)(properties, at, map).addTo(map);
        marker.getElement().setAttribute("aria-label", marker.words);
        shown.set(key, marker);
      }
    }
    gone.forEach((marker, key) => marker.remove() && shown.delete(key));
    const count = features.reduce((sum, { properties }) => sum + (properties.count || 1), 0);
    said.textContent = `${count || "Nothing"} on this part of the map.`;
  };

  const ask = async () => {
    asking?.abort();
    asking = new AbortController();
    const url = new URL(box.dataset.geojson, window.location);
    new URLSearchParams(chosen).forEach((value, name) => name === "page" || url.searchParams.append(name, value));
    url.searchParams.set("bbox", map.getBounds().toBBoxString());
    url.searchParams.set("zoom", Math.floor(map.getZoom()));
    try {
      show((await json(url, { signal: asking.signal })).features);
    } catch (error) {
      if (error.name !== "AbortError") said.textContent = "The map could not be drawn. Everything is in the list.";
    }
  };

  map.on("moveend", ask);
  map.on("popupopen", ({ popup }) => {
    const opened = popup.getElement();
    opened.querySelector("a").focus();
    opened.onkeydown = ({ key }) => key === "Escape" && map.closePopup();
  });
  map.on("popupclose", ({ popup }) => document.activeElement === document.body && popup._source.getElement()?.focus());
  document.addEventListener("filters:changed", ({ detail }) => { chosen = detail; ask(); });
  ask();
}

if (L) document.querySelectorAll("[data-map]").forEach(start);
