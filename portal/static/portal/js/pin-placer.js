/* Puts a pin where the cross in the middle of the map is; the pin is only two hidden boxes, latitude and longitude. */
import { nearest, openMap, sign } from "./leaflet-map.js";

const L = window.L;
const PIN = "M15 30C6 18 3 14 3 11a12 11 0 0 1 24 0c0 3-3 7-12 19z";
const CROSS = '<path d="M28 4v48M4 28h48"/>';

async function start(box) {
  const [latitude, longitude] = [box.dataset.latitude, box.dataset.longitude].map((id) => document.getElementById(id));
  const [area, said, put, take] = [".map", ".map-said", "[data-put]", "[data-take]"].map((part) => box.querySelector(part));
  box.hidden = false;
  // An arrow key moves the cross a few steps along a street, with Shift three times as far.
  const { map, places } = await openMap(area, { keyboardPanDelta: 25 });
  area.insertAdjacentHTML("beforeend", `<svg class="crosshair" viewBox="0 0 56 56">${CROSS}${CROSS}</svg>`);
  const pin = L.marker(map.getCenter(), { icon: sign("plain", PIN, [22, 37]), draggable: true, keyboard: false });
  let wait;

  const say = (what) => { said.textContent = `${what} ${nearest(places, map.getCenter()) || "in the middle of the map"}.`; };
  const show = () => {
    pin.setLatLng(map.getCenter()).addTo(map);
    take.hidden = false;
    say("The pin is");
  };
  const place = () => {
    const { lat, lng } = map.getCenter();
    [latitude.value, longitude.value] = [lat.toFixed(6), lng.toFixed(6)];
    show();
  };

  if (latitude.value && longitude.value) {
    map.setView([latitude.value, longitude.value], 17);
    show();
  }
  put.addEventListener("click", place);
  take.addEventListener("click", () => {
    latitude.value = longitude.value = "";
    pin.remove();
    take.hidden = true;
    put.focus();
    said.textContent = "The pin is gone.";
  });
  const placeAt = (latlng) => { map.panTo(latlng, { animate: false }); place(); };
  map.on("click", ({ latlng }) => placeAt(latlng));
  pin.on("dragend", () => placeAt(pin.getLatLng()));
  map.on("move", () => {
    clearTimeout(wait);
    wait = setTimeout(() => say(latitude.value && map.distance(pin.getLatLng(), map.getCenter()) < 5 ? "The pin is" : "The cross is"), 400);
  });
}

if (L) document.querySelectorAll("[data-pin-placer]").forEach(start);
