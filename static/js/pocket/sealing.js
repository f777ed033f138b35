// Finished records are sealed with the public key of the round: this device cannot read
// them again. Drafts are ciphered with a key made of the secret of the code and of a PIN.

const TURNS = 310000; // of PBKDF2: about half a second on a phone of 2020
const utf8 = (text) => new TextEncoder().encode(text);
const random = (size) => crypto.getRandomValues(new Uint8Array(size));

export const isPossible = () => Boolean(globalThis.crypto?.subtle);

export function base64(buffer) {
  const letters = Array.from(new Uint8Array(buffer), (byte) =>
    String.fromCharCode(byte),
  );
  return btoa(letters.join(""));
}

const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

export const newKey = () => crypto.randomUUID();

export const newToken = () =>
  Array.from(random(32), (byte) => byte.toString(16).padStart(2, "0")).join("");

// Ten letters by which one person takes back what they left: read out, or copied.
const LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
export function newCode() {
  let code = "";
  while (code.length < 10) {
    const [byte] = random(1);
    if (byte < 8 * LETTERS.length) code += LETTERS[byte % LETTERS.length];
  }
  return code;
}

export async function printOf(text) {
  const digest = await crypto.subtle.digest("SHA-256", utf8(text));
  return Array.from(new Uint8Array(digest), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}

export async function seal(publicKey, payload) {
  const { kind, key, round } = payload;
  const algorithm = { name: "RSA-OAEP", hash: "SHA-256" };
  const wrapping = await crypto.subtle.importKey(
    "spki",
    bytes(publicKey),
    algorithm,
    false,
    ["wrapKey"],
  );
  const secret = await crypto.subtle.generateKey(
    { name: "AES-GCM", length: 256 },
    true,
    ["encrypt"],
  );
  const iv = random(12);
  const additionalData = utf8(`v1|${kind}|${key}|${round}`);
  const content = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv, additionalData },
    secret,
    utf8(JSON.stringify(payload)),
  );
  const wrapped = await crypto.subtle.wrapKey("raw", secret, wrapping, algorithm);
  const sealed = { k: base64(wrapped), iv: base64(iv), c: base64(content) };
  return { v: 1, kind, key, round, ...sealed };
}

// The secret as the browser keeps it: usable here, never given back to a script.
export const lockUp = (secret) =>
  crypto.subtle.importKey("raw", utf8(secret), "HKDF", false, ["deriveKey"]);

export const newSalt = () => random(16);

export async function draftKey(base, pin, salt) {
  const typed = await crypto.subtle.importKey("raw", utf8(pin), "PBKDF2", false, [
    "deriveBits",
  ]);
  const stretched = await crypto.subtle.deriveBits(
    { name: "PBKDF2", hash: "SHA-256", salt, iterations: TURNS },
    typed,
    256,
  );
  return crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: stretched, info: utf8("jalons draft") },
    base,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"],
  );
}

export async function cipher(key, value) {
  const iv = random(12);
  const text = utf8(JSON.stringify(value));
  return { iv, c: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, text) };
}

// Fails when the key is not the one that ciphered: a wrong PIN, a touched record.
export async function decipher(key, { iv, c }) {
  const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, c);
  return JSON.parse(new TextDecoder().decode(text));
}
