// Asks the device for a passkey, and sends its answer with the form.
//
//   <form method="post" data-passkey="get" data-options="/connexion/cle/">
//     <input type="hidden" name="credential">
//     <button hidden>Sign in with a passkey</button>
//     <p class="error" role="alert" data-refused hidden>…</p>
//   </form>
//
// Without this script, or in a browser that knows no passkey, the button stays hidden:
// a code is received by mail.

const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) =>
    one.charCodeAt(0),
  );
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=/g, "");
const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

async function options(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok || answer.redirected) throw new Error(answer.status);
  const { publicKey } = await answer.json();
  publicKey.challenge = bytes(publicKey.challenge);
  if (publicKey.user) publicKey.user.id = bytes(publicKey.user.id);
  publicKey.excludeCredentials = known(publicKey.excludeCredentials);
  publicKey.allowCredentials = known(publicKey.allowCredentials);
  return { publicKey };
}

// What the server reads: `PublicKeyCredential.toJSON` is younger than many browsers.
function written(passkey) {
  const response = {};
  for (const name of [
    "clientDataJSON",
    "attestationObject",
    "authenticatorData",
    "signature",
    "userHandle",
  ]) {
    if (passkey.response[name]) response[name] = text(passkey.response[name]);
  }
  return JSON.stringify({
    id: passkey.id,
    rawId: text(passkey.rawId),
    type: passkey.type,
    response,
    clientExtensionResults: passkey.getClientExtensionResults(),
  });
}

async function ask(form) {
  const refused = form.querySelector("[data-refused]");
  refused.hidden = true;
  try {
    const wanted = await options(form.dataset.options);
    const passkey = await navigator.credentials[form.dataset.passkey](wanted);
    form.elements.credential.value = written(passkey);
    form.submit();
  } catch {
    refused.hidden = false;
  }
}

for (const form of document.querySelectorAll("[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  for (const unseen of form.querySelectorAll("[data-able]")) unseen.hidden = false;
  for (const seen of form.querySelectorAll("[data-unable]")) seen.hidden = true;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(form);
  });
}
