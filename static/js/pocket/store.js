// What this device keeps, in IndexedDB:
//   rounds    the surveys joined: token, what is needed to interview, keys of drafts
//   versions  the wordings of the questionnaire that drafts may still need
//   drafts    interviews under way, ciphered
//   queue     what is finished, sealed: waiting, sent or refused
//   settings  language, easy wording…

const NAME = "jalons-pocket";
const STORES = ["rounds", "versions", "drafts", "queue", "settings"];
let opened;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      for (const name of STORES) request.result.createObjectStore(name);
    };
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => {
      opened = undefined;
      reject(request.error);
    };
  });
  return opened;
}

const answerOf = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

export async function get(name, key) {
  const database = await open();
  return answerOf(database.transaction(name).objectStore(name).get(key));
}

export async function all(name) {
  const database = await open();
  return answerOf(database.transaction(name).objectStore(name).getAll());
}

// All or nothing, and on the disk when the promise resolves. `work` receives the stores
// by name; it may await only their requests, through `read`.
export async function write(names, work) {
  const database = await open();
  const transaction = database.transaction(names, "readwrite", {
    durability: "strict",
  });
  const done = new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error("aborted"));
  });
  const stores = names.map((name) => transaction.objectStore(name));
  try {
    const result = await work(...stores);
    await done;
    return result;
  } catch (error) {
    done.catch(() => {});
    try {
      transaction.abort();
    } catch {
      // It was aborted by the very error.
    }
    throw error;
  }
}

export const read = (store, key) => answerOf(store.get(key));

export const put = (name, key, value) =>
  write([name], (store) => void store.put(value, key));

export const remove = (name, key) => write([name], (store) => void store.delete(key));

export const isFull = (error) => error?.name === "QuotaExceededError";

// Asks that the browser does not clear what is kept when the phone lacks room.
export const persist = async () => navigator.storage?.persist?.().catch(() => false);
