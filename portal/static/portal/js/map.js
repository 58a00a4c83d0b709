/* Draws what the list says: a shape for each feeling, a number where a thumb could not part them. */
import { element, json, openMap, sign } from "./leaflet-map.js";

const L = window.L;
const THUMB = 46;
const CLOSE = 17;
const ROUND = "M15 2a13 13 0 1 0 .1 0z";
const WINDOW = "M4 2h22v26H4zM15 2v26M4 13h22";
const KINDS = {
  good: ["good", "Good", ROUND],
  needs_work: ["needs-work", "Needs work", "M15 2 29 27H1z"],
  idea: ["idea", "An idea", "M15 0 30 15 15 30 0 15z"],
  memory: ["plain", "A memory", "M3 3h24v24H3z"],
  hope: ["idea", "A hope", WINDOW],
  open: ["idea", "Open now", WINDOW],
  plain: ["plain", "", ROUND],
};

const kindOf = ({ feeling, is_open: isOpen }) => KINDS[feeling] || KINDS[isOpen ? "open" : "plain"];
const factsOf = (one) => [one.status || kindOf(one)[1], one.meta].filter(Boolean).join(" \u00b7 ");

const entry = (one) =>
  element("li", {}, element("a", { href: one.url, textContent: one.title }), element("p", { textContent: factsOf(one) }));

function drawn({ at, members }, map) {
  const count = members.reduce((sum, one) => sum + (one.count || 1), 0);
  const [{ url, title }] = members;
  const single = members.length === 1;
  const side = Math.min(76, Math.round(40 + 12 * Math.log10(count)));
  const [kind, , path] = kindOf(members[0]);
  const icon = count === 1 ? sign(kind, path) : L.divIcon({ className: "map-cluster", html: String(count), iconSize: [side, side] });
  const marker = L.marker(at, { icon });
  if (!members.some((one) => one.cluster) && (single || map.getZoom() >= CLOSE)) {
    marker.bindPopup(element("ul", {}, ...members.map(entry)), { maxWidth: 230, maxHeight: 200 });
  } else {
    const closer = () => {
      if (single && url) window.location.assign(url);
      map.setView(at, map.getZoom() + 2).getContainer().focus();
    };
    marker.on("click", closer).on("keypress", ({ originalEvent }) => originalEvent.key === "Enter" && closer());
  }
  marker.words = count === 1 ? `${title}. ${factsOf(members[0])}` : `${count} here`;
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
    const groups = [];
    for (const { geometry, properties } of features) {
      const at = L.latLng(geometry.coordinates[1], geometry.coordinates[0]);
      const spot = map.project(at);
      const near = groups.find((group) => group.spot.distanceTo(spot) < THUMB);
      if (near) near.members.push(properties);
      else groups.push({ at, spot, members: [properties] });
    }
    const gone = new Map(shown);
    for (const group of groups) {
      const key = [group.at, map.getZoom() >= CLOSE, ...group.members.map((one) => one.url || one.count)].join();
      if (!gone.delete(key)) {
        const marker = drawn(group, map).addTo(map);
        marker.getElement().setAttribute("aria-label", marker.words);
        shown.set(key, marker);
      }
    }
    gone.forEach((marker, key) => marker.remove() && shown.delete(key));
    const count = features.reduce((sum, { properties }) => sum + (properties.count || 1), 0);
    said.textContent = `${count || "Nothing"} on this map.`;
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
      if (error.name !== "AbortError") said.textContent = "The map did not come. Use the list.";
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
