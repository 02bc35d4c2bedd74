// Keeps the pages that a visitor saw last, today's agenda and the emergency numbers for when there is no network.
// The site writes a line above these: const SETTINGS = {version, files, pages, fallback, notes, first}.
const { version, files, pages, fallback, notes, first } = SETTINGS;
const MOST_SEEN = 40;
const HOUR = 3600e3;
const FILES = `files-${version}`;
const PAGES = `pages-${version}`;

self.addEventListener("install", (event) => event.waitUntil(prepare()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(answerPage(event, languageOf(url.pathname)));
  else if (files.includes(url.pathname)) event.respondWith(answerFile(request));
});

async function prepare() {
  await (await caches.open(FILES)).addAll(files);
  await renew(first);
  await self.skipWaiting();
}

// A new version leaves nothing of the one before it, whose pages ask for other files.
async function takeOver() {
  for (const name of await caches.keys()) if (name !== FILES && name !== PAGES) await caches.delete(name);
  await self.clients.claim();
}

function languageOf(path) {
  return Object.keys(pages).find((code) => path.startsWith(`/${code}/`)) || first;
}

// Only pages that are the same for every stranger carry a tag; what is one person's says no-store.
function isForEverybody(answer) {
  const { headers } = answer;
  return answer.ok && !answer.redirected && headers.has("ETag") &&
    (headers.get("Content-Type") || "").startsWith("text/html") &&
    !(headers.get("Cache-Control") || "").includes("no-store");
}

async function keep(request, answer) {
  const cache = await caches.open(PAGES);
  await cache.delete(request, { ignoreVary: true });
  await cache.put(request, answer);
  const always = Object.values(pages).flat();
  const seen = (await cache.keys()).filter((key) => !always.includes(new URL(key.url).pathname));
  for (const key of seen.slice(0, Math.max(0, seen.length - MOST_SEEN))) await cache.delete(key, { ignoreVary: true });
}

// What can always be read is asked for without cookies, at most once an hour.
async function renew(language) {
  const cache = await caches.open(PAGES);
  for (const address of pages[language]) {
    const kept = await cache.match(address, { ignoreVary: true });
    if (kept && Date.now() - Date.parse(kept.headers.get("Date")) < HOUR) continue;
    const answer = await fetch(address, { credentials: "omit" }).catch(() => null);
    if (answer && isForEverybody(answer)) await keep(new Request(address), answer);
  }
}

async function answerFile(request) {
  return fetch(request).catch(async () => (await caches.match(request, { ignoreVary: true })) || Response.error());
}

async function answerPage(event, language) {
  const answer = await fetch(event.request).catch(() => null);
  if (!answer) return (await fromBefore(event.request)) || (await lastResort(language));
  if (isForEverybody(answer)) event.waitUntil(keep(event.request, answer.clone()).catch(() => {}));
  event.waitUntil(renew(language).catch(() => {}));
  return answer;
}

async function lastResort(language) {
  return (await (await caches.open(PAGES)).match(fallback[language], { ignoreVary: true })) || Response.error();
}

// A kept page says from when it is, in its own language.
async function fromBefore(request) {
  const kept = await (await caches.open(PAGES)).match(request, { ignoreVary: true });
  if (!kept) return null;
  const html = await kept.text();
  const language = /<html lang="([\w-]+)"/.exec(html)?.[1] || first;
  const parts = { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" };
  const moment = new Date(kept.headers.get("Date")).toLocaleString(language, parts);
  const note = `<p class="note offline" role="status">${(notes[language] || notes[first]).replace("%", moment)}</p>`;
  const headers = new Headers(kept.headers);
  for (const name of ["Content-Length", "Content-Encoding"]) headers.delete(name);
  return new Response(html.replace(/<main[^>]*>/, (main) => main + note), { headers });
}
