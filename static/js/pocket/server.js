// What is asked of the server: never with cookies, always with the token of the phone.

const PATIENCE = 30000; // ms before a request is given up, to be tried again
const ROOT = new URL("/enqueteur/api/", globalThis.location.href);
let language = "fr";

export const speak = (code) => {
  language = code;
};

export class Unreachable extends Error {}

// The status and the content of an answer read whole; anything less is no answer.
async function ask(path, { token, body, etag } = {}) {
  const headers = { Accept: "application/json", "Accept-Language": language };
  if (token) headers.Authorization = `Bearer ${token}`;
  if (etag) headers["If-None-Match"] = etag;
  if (body) headers["Content-Type"] = "application/json";
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const answer = await fetch(new URL(path, ROOT), {
      method: body ? "POST" : "GET",
      headers,
      body: body && JSON.stringify(body),
      credentials: "omit",
      cache: "no-store",
      redirect: "error",
      signal: stop.signal,
    });
    if (answer.status === 304) return { status: 304 };
    const etagGiven = answer.headers.get("ETag");
    return { status: answer.status, data: await answer.json(), etag: etagGiven };
  } catch (error) {
    throw new Unreachable(error.message);
  } finally {
    clearTimeout(timer);
  }
}

export const enrol = (code, name) => ask("entrer/", { body: { code, name } });

export const handout = (token, etag) => ask("dossier/", { token, etag });

// What became of one sealed record, in one word:
//   sent      the server has it
//   later     no answer, or one that says nothing of the record: try again
//   again     the record came damaged: try again, a few times
//   outside   the phone is no longer known: its code must be read again
//   revoked   the phone was withdrawn
//   refused   the server has read it and does not take it
export async function deliver(token, envelope) {
  let answer;
  try {
    answer = await ask("envoi/", { token, body: { envelope } });
  } catch (error) {
    if (error instanceof Unreachable) return { word: "later", isOffline: true };
    throw error;
  }
  const { status, data } = answer;
  if (status === 200 && data.key === envelope.key) return { word: "sent" };
  if (status === 200 || status >= 500 || status === 429 || status === 408) {
    return { word: "later" };
  }
  const { reason, message = "" } = data ?? {};
  if (reason === "malformed") return { word: "again", reason, message };
  if (reason === "revoked") return { word: "revoked", reason, message };
  if (reason === "unknown_device" || reason === "expired") {
    return { word: "outside", reason, message };
  }
  return reason ? { word: "refused", reason, message } : { word: "later" };
}
