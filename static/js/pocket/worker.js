// The files of the survey, kept on the phone: it opens without network. The view puts
// before this text VERSION, which changes with any of them, SHELL and FILES.

/* global VERSION, SHELL, FILES */
const CACHE = `jalons-pocket-${VERSION}`;

// All of them, fresh, or the version before stays in use.
async function keepFiles() {
  const cache = await caches.open(CACHE);
  const fresh = { cache: "reload", credentials: "omit" };
  await cache.addAll(FILES.map((url) => new Request(url, fresh)));
  await self.skipWaiting();
}

async function forgetOlder() {
  const names = await caches.keys();
  const older = names.filter((name) => name.startsWith("jalons-") && name !== CACHE);
  await Promise.all(older.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function answer(request) {
  const cache = await caches.open(CACHE);
  const wanted = request.mode === "navigate" ? SHELL : request;
  return (await cache.match(wanted)) ?? fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(keepFiles()));
self.addEventListener("activate", (event) => event.waitUntil(forgetOlder()));
self.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  const isOurs = event.request.method === "GET" && origin === self.location.origin;
  if (!isOurs || pathname.includes("/api/")) return;
  event.respondWith(answer(event.request));
});
