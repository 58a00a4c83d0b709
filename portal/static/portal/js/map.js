/* Draws what the list says: a shape for each feeling, a number for several. */
import { element, json, nearest, openMap, sign } from "./leaflet-map.js";

const L = window.L;
const THUMB = 46;
const LISTED = 20;
const FINEST = 24;
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
const factsOf = (one) => [one.status || kindOf(one)[1], one.action, one.meta, one.is_example && "Example"].filter(Boolean).join(" \u00b7 ");
const label = (marker, words) => marker.getElement().setAttribute("aria-label", words);
const sizeOf = (members) => members.reduce((sum, one) => sum + (one.count || 1), 0);

const entry = (one) =>
  element("li", {}, element("a", { href: one.url, textContent: one.title || "Read it" }), element("p", { textContent: factsOf(one) }));

/* The grid of cells.py; too large for operators on bits. */
const above = (cell, levels) => Math.floor(cell / 4 ** levels);
function corner(cell, right = 0, down = 0) {
  let [x, y, bit] = [right, down, 1];
  for (let rest = cell; rest > 1; rest = above(rest, 1), bit *= 2) {
    x += (rest % 2) * bit;
    y += (above(rest * 2, 1) % 2) * bit;
  }
  return L.latLng((Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / bit))) * 180) / Math.PI, (x / bit) * 360 - 180);
}
const squareOf = (cell) => L.latLngBounds(corner(cell, 0, 1), corner(cell, 1, 0));

function fromColumns({ level, feelings, pins, groups }) {
  const along = (steps, make) => {
    let cell = 0;
    return steps.map((step, n) => ({ at: corner((cell += step), 0.5, 0.5), ...make(n, cell) }));
  };
  return [
    ...along(pins.at, (n, cell) => ({ square: cell, feeling: feelings[pins.feelings[n]], reference: pins.references.substr(6 * n, 6) })),
    ...along(groups.at, (n, cell) => ({ square: above(cell, FINEST - level), count: groups.sizes[n] })),
  ];
}

const fromFeatures = ({ features }) =>
  features.map(({ geometry: { coordinates: [x, y] }, properties }) => ({ at: L.latLng(y, x), ...properties, reference: properties.reference?.replace("-", "") }));

async function start(box) {
  const said = box.parentElement.querySelector(".map-said");
  const { geojson, columns } = box.dataset;
  box.hidden = said.hidden = false;
  const { map, places } = await openMap(box);
  const { offsetWidth: wide, offsetHeight: high } = box.querySelector(".map-keys");
  const room = { autoPanPaddingTopLeft: wide > box.offsetWidth / 2 ? [5, high + 15] : [wide + 15, 5], maxWidth: Math.min(230, box.offsetWidth - 100), maxHeight: 220 };
  const shown = new Map();
  let chosen;
  let asking;

  const choose = (search) => {
    chosen = new URLSearchParams(search);
    chosen.delete("page");
    const [west, south, east, north] = (chosen.get("bbox") || "").split(",");
    if (north) map.fitBounds([[south, west], [north, east]], { maxZoom: 17 });
  };

  const address = (path, more) => {
    const url = new URL(path, window.location);
    for (const [name, value] of [...chosen, ...Object.entries(more)]) url.searchParams.set(name, value);
    return url;
  };

  const tell = async (bbox, signal) => fromFeatures(await json(address(geojson, { bbox, zoom: 22 }), { signal }));

  /* Until the words come, a link stands in. */
  async function open(members, list, more) {
    if (!members[0].square || list.firstChild) return;
    const bbox = members.map((one) => squareOf(one.square)).reduce((all, one) => all.extend(one)).toBBoxString();
    const only = members.map((one) => one.reference);
    const link = element("a", { href: address(window.location.pathname, { bbox }).href, textContent: "Read this in the list" });
    more.prepend(link);
    try {
      const told = (await tell(bbox)).filter((one) => !one.cluster && (only.includes(undefined) || only.includes(one.reference)));
      list.append(...told.slice(0, LISTED).map(entry));
      const rest = sizeOf(members) - list.children.length;
      if (rest < 1) link.remove();
      else if (told[0]) link.textContent = `and ${rest} more: read them in the list`;
    } catch { /* the link leads there */ }
  }

  function drawn({ at, members }) {
    const count = sizeOf(members);
    const side = Math.min(76, Math.round(40 + 12 * Math.log10(count)));
    const [first] = members;
    const [kind, word, path] = kindOf(first);
    const icon = count === 1 ? sign(kind, path) : L.divIcon({ className: "map-cluster", html: String(count), iconSize: [side, side] });
    const marker = L.marker(at, { icon });
    const list = element("ul", {}, ...(first.square ? [] : members.map(entry)));
    const more = element("p");
    const whole = element("div", {}, list, more);
    if (count > 1) {
      const onclick = () => { map.closePopup(); map.setView(at, map.getZoom() + 2).getContainer().focus(); };
      whole.prepend(element("strong", { textContent: `${count} here` }));
      if (map.getZoom() < 19) more.append(" ", element("button", { type: "button", className: "button button-plain", textContent: "Look closer", onclick }));
    }
    marker.bindPopup(whole, room).on("popupopen", async ({ popup }) => {
      await open(members, list, more);
      popup.update();
      const opened = popup.getElement();
      opened.querySelector("a, button").focus();
      opened.onkeydown = ({ key }) => key === "Escape" && map.closePopup();
    });
    const what = count > 1 ? `${count} here` : first.title ? `${first.title} ${factsOf(first)}` : word || "A comment";
    marker.reference = count < 2 && first.reference;
    marker.words = first.title ? what : [what, nearest(places, at)].filter(Boolean).join(", ");
    return marker;
  }

  const show = (found) => {
    const groups = [];
    for (const one of found) {
      const spot = map.project(one.at);
      const near = groups.find((group) => group.spot.distanceTo(spot) < THUMB);
      if (near) near.members.push(one);
      else groups.push({ at: one.at, spot, members: [one] });
    }
    const gone = new Map(shown);
    for (const group of groups) {
      const key = [group.at, ...group.members.map((one) => one.url || [one.square, one.count, one.reference])].join();
      if (!gone.delete(key)) {
        const marker = drawn(group).addTo(map);
        label(marker, marker.words);
        shown.set(key, marker);
      }
    }
    gone.forEach((marker, key) => marker.remove() && shown.delete(key));
    const view = map.getBounds();
    said.textContent = `${sizeOf(found.filter((one) => view.contains(one.at))) || "Nothing"} on this map.`;
  };

  const ask = async () => {
    asking?.abort();
    const { signal } = (asking = new AbortController());
    const view = map.getBounds().toBBoxString();
    const zoom = Math.floor(map.getZoom());
    const url = columns ? address(columns, { view, zoom }) : address(geojson, { bbox: view, zoom });
    try {
      const answer = await json(url, { signal });
      show(columns ? fromColumns(answer) : fromFeatures(answer));
      if (!columns || shown.size > 60) return;
      // First words name each button.
      for (const { reference, title } of await tell(view, signal).catch(() => [])) {
        const marker = [...shown.values()].find((one) => title && one.reference === reference);
        if (marker) label(marker, `${title} ${marker.words}`);
      }
    } catch (error) {
      if (error.name !== "AbortError") said.textContent = "The map did not come. Use the list.";
    }
  };

  choose(window.location.search);
  map.on("moveend", ask);
  map.on("popupclose", ({ popup }) => document.activeElement === document.body && popup._source.getElement()?.focus());
  document.addEventListener("filters:changed", ({ detail }) => { choose(detail); ask(); });
  ask();
}

if (L) document.querySelectorAll("[data-map]").forEach(start);
