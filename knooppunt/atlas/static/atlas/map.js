/* Makes the map livelier where scripts run: move and zoom, heaps from the server square by square, list in step. */
(() => {
  "use strict";
  const box = document.getElementById("kaart");
  if (!box || !window.L) return;
  const say = box.dataset;
  const list = document.getElementById("lijst");
  const picture = box.querySelector("svg");
  const [west, south, east, north] = say.start.split(",").map(Number);
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

  const holder = document.createElement("div");
  holder.className = "atlas-live no-print";
  box.insertBefore(holder, picture);
  picture.classList.add("only-print");
  const map = L.map(holder, {
    zoomControl: false, zoomSnap: 0.25, maxZoom: 19, minZoom: 9, zoomAnimation: !calm, fadeAnimation: !calm, markerZoomAnimation: !calm,
    attributionControl: Boolean(say.credit),
  });
  L.control.zoom({zoomInTitle: say.zoomin, zoomOutTitle: say.zoomout}).addTo(map);
  if (say.credit) map.attributionControl.setPrefix("").addAttribution(say.credit);
  if (say.tiles) L.tileLayer(say.tiles, {maxZoom: 19}).addTo(map);
  map.fitBounds([[south, west], [north, east]]);
  map.setMinZoom(Math.min(map.getZoom(), 12) - 1);
  map.setMaxBounds(map.getBounds().pad(2));
  holder.setAttribute("role", "region");
  holder.setAttribute("aria-label", say.name);
  const named = () => holder.classList.toggle("far", map.getZoom() < 13);
  map.on("zoomend", named);
  named();

  const query = new URLSearchParams(say.query);
  const withQuery = (address, more) => {
    const all = new URLSearchParams(query);
    for (const [name, value] of Object.entries(more || {})) all.set(name, value);
    const text = all.toString();
    return text ? `${address}?${text}` : address;
  };
  const ask = async (address) => {
    const answer = await fetch(address, {headers: {Accept: "*/*"}});
    if (!answer.ok) throw new Error(answer.status);
    return answer;
  };
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
  /* The icon of a kind, as it stands in the legend. */
  const drawn = (icon) => document.querySelector(`[data-mark="${CSS.escape(icon)}"] svg`)?.cloneNode(true) || "";
  const mark = (kind, text, size) => {
    const face = document.createElement("span");
    face.append(text);
    return L.divIcon({className: `atlas-mark ${kind}`, html: face, iconSize: [size, size]});
  };

  /* What a tap does, Enter does too. */
  const tapped = (marker, act) => marker.on("click", act).on("keypress", (event) => { if (event.originalEvent.key === "Enter") act(); });

  const choose = (slug) => { const all = new URLSearchParams(query); all.set("wijk", slug); location.search = all; };

  const things = L.layerGroup().addTo(map);

  /* A mark stands on its spot, or beside it where another covers that: a thumb needs room. Things come first, then heaps, then counts of wijken. */
  const LOOSE = 40, THING = 34, ROOM = 3;
  const ROUND = [[0, 1], [1, 0], [0, -1], [-1, 0], [0.7, 0.7], [-0.7, 0.7], [0.7, -0.7], [-0.7, -0.7]];
  const STEPS = [[0, 0], ...[20, 40, 60, 80, 100].flatMap((far) => ROUND.map(([x, y]) => [x * far, y * far]))];
  const counts = [];
  let placed = [];
  const spread = () => {
    const taken = [];
    for (const [marker, home, size] of [...placed, ...counts]) {
      const centre = map.latLngToLayerPoint(home);
      const isFree = (spot) => taken.every(([other, room]) => spot.distanceTo(other) > room + size / 2 + ROOM);
      const spot = STEPS.map((step) => centre.add(step)).find(isFree) || centre;
      marker.setLatLng(map.layerPointToLatLng(spot));
      taken.push([spot, size / 2]);
    }
  };

  /* The ground: outlines of the wijken, and how many things lie somewhere in each. */
  ask(withQuery(say.ground)).then((answer) => answer.json()).then((ground) => {
    for (const pale of ground.around) {
      L.geoJSON(pale.geometry, {className: "atlas-around", interactive: false, style: {weight: 1, fillOpacity: say.tiles ? 0 : 1}}).addTo(map).bringToBack();
      const name = document.createElement("span");
      name.textContent = pale.name;
      L.marker([pale.middle[1], pale.middle[0]], {icon: L.divIcon({className: "atlas-name pale", html: name, iconSize: [160, 20]}), interactive: false, keyboard: false}).addTo(map);
    }
    L.geoJSON(ground, {
      className: "atlas-wijk",
      style: {weight: 1.5, fillOpacity: say.tiles ? 0.05 : 1},
      onEachFeature: (wijk, shape) => shape.on("click", () => choose(wijk.properties.slug)),
    }).addTo(map);
    for (const {properties: wijk} of ground.features) {
      const middle = [wijk.middle[1], wijk.middle[0]];
      const name = document.createElement("span");
      name.textContent = wijk.name;
      L.marker(middle, {icon: L.divIcon({className: "atlas-name", html: name, iconSize: [160, 20], iconAnchor: [80, 44]}), interactive: false, keyboard: false}).addTo(map);
      if (wijk.loose) {
        const told = fill(say.loose, {number: wijk.loose, name: wijk.name});
        const marker = L.marker(middle, {icon: mark("loose", wijk.loose, LOOSE), title: told, alt: told}).addTo(map);
        tapped(marker, () => choose(wijk.slug));
        counts.push([marker, middle, LOOSE]);
      }
    }
    spread();
  }).catch(() => {});

  /* Heaps and single things, asked square by square and kept. */
  const squares = new Map();
  const markers = new Map();
  const squareOf = (lat, lng, zoom) => {
    const point = map.project([lat, lng], zoom).divideBy(256).floor();
    return [point.x, point.y];
  };
  const draw = (found) => {
    for (const [lng, lat, number] of found.heaps) {
      const told = fill(say.heap, {number});
      const size = Math.min(56, 34 + Math.sqrt(number));
      const closer = () => map.setView([lat, lng], Math.min(19, map.getZoom() + 2));
      const marker = L.marker([lat, lng], {icon: mark("heap", number, size), title: told, alt: told}).addTo(things);
      tapped(marker, closer);
      placed.push([marker, [lat, lng], size]);
    }
    for (const [lng, lat, title, address, type, pk, icon] of found.things) {
      const link = document.createElement("a");
      link.href = address;
      link.textContent = title;
      const marker = L.marker([lat, lng], {icon: mark(`thing is-${type}`, drawn(icon), THING), title, alt: title}).bindPopup(link, {minWidth: 160}).addTo(things);
      tapped(marker, () => light(pk));
      placed.unshift([marker, [lat, lng], THING]);
      markers.set(address, marker);
    }
  };
  const show = async () => {
    const zoom = Math.min(19, Math.round(map.getZoom()));
    const view = map.getBounds();
    const [left, top] = squareOf(view.getNorth(), view.getWest(), zoom);
    const [right, bottom] = squareOf(view.getSouth(), view.getEast(), zoom);
    const wanted = [];
    for (let x = left; x <= right; x += 1) for (let y = top; y <= bottom; y += 1) wanted.push([zoom, x, y]);
    const found = await Promise.all(wanted.map((square) => {
      const address = withQuery(say.tile.replace("/0/0/0", `/${square.join("/")}`));
      if (!squares.has(address)) squares.set(address, ask(address).then((answer) => answer.json()).catch(() => { squares.delete(address); return {heaps: [], things: []}; }));
      return squares.get(address);
    }));
    const focused = holder.contains(document.activeElement) && document.activeElement.title;
    things.clearLayers();
    markers.clear();
    placed = [];
    found.forEach(draw);
    spread();
    if (focused) (holder.querySelector(`[title="${CSS.escape(focused)}"]`) || holder).focus();
  };

  /* The list beside it follows what is on the screen. */
  let first = true;
  const follow = async () => {
    const view = map.getBounds();
    const area = [view.getWest(), view.getSouth(), view.getEast(), view.getNorth()].map((number) => number.toFixed(5)).join(",");
    try {
      const answer = await ask(withQuery(location.pathname, {gebied: area}));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const focused = list.contains(document.activeElement) && document.activeElement.getAttribute("href");
      list.replaceChildren(...page.getElementById("lijst").childNodes);
      if (focused) list.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus();
    } catch { /* the list stays as it was */ }
  };
  const light = (pk) => {
    const row = list.querySelector(`[data-number="${pk}"]`);
    if (row) { row.scrollIntoView({block: "nearest", behavior: calm ? "auto" : "smooth"}); row.classList.add("lit"); setTimeout(() => row.classList.remove("lit"), 1600); }
  };
  const point = (event) => {
    const link = event.target.closest && event.target.closest(".found a");
    const marker = link && markers.get(link.getAttribute("href"));
    if (marker) marker.openPopup();
  };
  list.addEventListener("focusin", point);
  list.addEventListener("mouseover", point);
  let waiting = 0;
  map.on("moveend", () => {
    show();
    if (first) { first = false; return; }
    clearTimeout(waiting);
    waiting = setTimeout(follow, 300);
  });
  show();
  first = false;

  /* Near me: the spot stays in the browser; the map only moves there. */
  const here = document.getElementById("hier");
  if (here && navigator.geolocation) {
    here.hidden = false;
    document.getElementById("hier-uitleg").hidden = false;
    here.addEventListener("click", () => navigator.geolocation.getCurrentPosition(({coords}) => {
      const spot = [coords.latitude, coords.longitude];
      L.circleMarker(spot, {radius: 9, className: "atlas-here"}).bindTooltip(say.here).addTo(map);
      map.setView(spot, 16);
    }, () => alert(say.nohere), {maximumAge: 60000, timeout: 10000}));
  }
})();
