// The survey in the pocket: opens the screens, keeps the phone ready without network,
// sends when it can.

import "./asking.js";
import "./ending.js";
import "./home.js";
import "./joining.js";
import "./locking.js";
import "./opening.js";
import { app, readPhone, replace } from "./app.js";
import { checkState, refreshRound, sendWaiting } from "./sending.js";
import { lines, listen } from "./queue.js";
import { count, say } from "./words.js";

const MINUTES = 60000;
const top = document.querySelector("[data-network]");

// The QR holds the secret after a #, which no server sees; it does not stay displayed.
const scanned = decodeURIComponent(location.hash.slice(1));
if (scanned) history.replaceState(null, "", location.pathname);

async function tellNetwork() {
  const waiting = (await lines()).filter((one) => one.state === "waiting").length;
  const said = [
    !navigator.onLine && say("offline"),
    waiting > 0 && count("waiting", waiting),
  ];
  top.textContent = said.filter(Boolean).join(" · ");
}

async function attend() {
  await sendWaiting();
  await refreshRound();
  await tellNetwork();
}

async function register() {
  if (!("serviceWorker" in navigator)) return;
  // Browsers that wake a worker when the network returns also read its modules.
  const name = "SyncManager" in globalThis ? "service-worker-sync" : "service-worker";
  const type = name === "service-worker" ? "classic" : "module";
  await navigator.serviceWorker.register(`/enqueteur/${name}.js`, { type });
}

await readPhone(document.documentElement.lang);
app.scanned = scanned;
await replace("start");
await register().catch(() => {}); // a private window: the survey works while it is open
listen(async ({ detail }) => {
  await checkState();
  await tellNetwork();
  if (detail === "moved") await sendWaiting();
  if (detail === "entered") await attend();
});
addEventListener("online", attend);
addEventListener("offline", tellNetwork);
document.addEventListener("visibilitychange", () => document.hidden || attend());
setInterval(attend, 5 * MINUTES);
await attend();
