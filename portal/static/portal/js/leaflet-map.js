/* A map: buttons for every move; without tiles, an outline and names. */
const L = window.L;
const KEYS = [
  ["+", "Zoom in", 0, 0, 1],
  ["\u2212", "Zoom out", 0, 0, -1],
  ["\u2191", "Move up", 0, -80],
  ["\u2193", "Move down", 0, 80],
  ["\u2190", "Move left", -80, 0],
  ["\u2192", "Move right", 80, 0],
];

export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

export function sign(kind, path, iconAnchor) {
  return L.divIcon({ className: `map-point map-${kind}`, html: `<svg viewBox="0 0 30 30"><path d="${path}"/></svg>`, iconSize: [44, 44], iconAnchor, popupAnchor: [0, -10] });
}

export async function json(url, options) {
  const answer = await fetch(url, options);
  if (!answer.ok) throw new Error(answer.status);
  return answer.json();
}

/* Where a point is, if a place with a name is near. */
export function nearest(places, at) {
  const found = places.map(({ name, latitude, longitude }) => [at.distanceTo([latitude, longitude]), name]).sort(([a], [b]) => a - b)[0];
  if (!found || found[0] > 400) return "";
  const [far, name] = found;
  return far <= 80 ? `at ${name}` : `${Math.ceil(far / 80)} minutes\u2019 walk, ${(far / 1609).toFixed(1)} miles from ${name}`;
}

function keys(map) {
  const control = L.control({ position: "topleft" });
  control.onAdd = () => {
    const box = element("div", { className: "map-keys leaflet-bar" });
    for (const [face, words, x, y, closer] of KEYS) {
      const move = () => (closer ? map.setZoom(map.getZoom() + closer) : map.panBy([x, y]));
      const button = element("button", { type: "button", textContent: face, onclick: move });
      button.setAttribute("aria-label", words);
      box.append(button);
    }
    L.DomEvent.disableClickPropagation(box);
    L.DomEvent.on(box, "keydown", L.DomEvent.stopPropagation);
    return box;
  };
  control.addTo(map);
}

/* Names that cover no other. */
function names(map, places) {
  const layer = L.layerGroup().addTo(map);
  const draw = () => {
    layer.clearLayers();
    const taken = [];
    for (const place of places) {
      const at = map.latLngToContainerPoint([place.latitude, place.longitude]);
      const half = place.name.length * 4 + 8;
      if (taken.some(([x, y, other]) => Math.abs(x - at.x) < half + other && Math.abs(y - at.y) < 22)) continue;
      taken.push([at.x, at.y, half]);
      const icon = L.divIcon({ className: "map-place", html: element("span", { textContent: place.name }) });
      L.marker([place.latitude, place.longitude], { icon, interactive: false, keyboard: false, zIndexOffset: -1000 }).addTo(layer);
    }
  };
  map.on("zoomend moveend", draw);
  draw();
}

export async function openMap(box, options) {
  const { outline, places, tiles, attribution, middle } = box.dataset;
  const map = L.map(box, { zoomControl: false, attributionControl: !!tiles, scrollWheelZoom: false, zoomSnap: 0.5, minZoom: 9, maxZoom: 19, zoomAnimation: false, fadeAnimation: false, inertia: false, ...options });
  if (tiles) L.tileLayer(tiles, { attribution, maxZoom: 19 }).addTo(map);
  keys(map);
  if (outline) {
    try {
      const shape = L.geoJSON(await json(outline), { interactive: false, style: { className: "map-outline", fillOpacity: tiles ? 0 : 1 } });
      map.fitBounds(shape.addTo(map).getBounds(), { paddingTopLeft: [0, 56] });
    } catch { /* the middle will do */ }
  }
  if (!map._loaded) map.setView((middle || "54,-2").split(","), 14);
  const none = { places: [] };
  const { places: named } = places ? await json(places).catch(() => none) : none;
  if (!tiles) names(map, named);
  return { map, places: named };
}
