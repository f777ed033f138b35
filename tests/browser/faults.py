"""The real queue of a telephone, against the real server, on a network that fails.

Between the two stands a network that loses requests and acknowledgements, doubles,
cuts and delays. One run is a queue of one to three records sent until it is empty.
"""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page

from tests.browser.phones import LINES, Server, plain

RUNS = """({ runs, seed, code }) => {
  const work = async () => {
    const [{ app, reload }, interview, queue, device] = await Promise.all(
      ["app", "interview", "queue", "device"].map((one) =>
        import(`/static/js/pocket/${one}.js`)),
    );
    const real = globalThis.fetch.bind(globalThis);
    const faults = {};
    const late = [];
    let state = seed;
    const random = () => {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };
    const lost = () => {
      throw new TypeError("network");
    };
    const cut = (text) => text.slice(0, Math.floor(random() * text.length));
    const halved = async (answer) => new Response(cut(await answer.text()), answer);
    const NETWORK = {
      "request lost": async () => lost(),
      "acknowledgement lost": async (go) => (await go(), lost()),
      "request doubled": async (go) => (await go(), go()),
      "request cut": async (go, options) => go({ ...options, body: cut(options.body) }),
      "answer cut": async (go) => halved(await go()),
      "server busy": async () => new Response("<html>", { status: 503 }),
      "request late": async (go) => (late.push(go), lost()),
    };
    globalThis.fetch = async (url, { signal, ...options } = {}) => {
      const go = (sent = options) => real(url, sent);
      if (!String(url).includes("/envoi/")) return go();
      if (late.length && random() < 0.5) await late.shift()();
      const names = Object.keys(NETWORK);
      const name = random() < 0.5 && names[Math.floor(random() * names.length)];
      faults[name || "none"] = (faults[name || "none"] ?? 0) + 1;
      return name ? NETWORK[name](go, options) : go();
    };
    app.definition = app.round.handout.questionnaire;
    const made = [];
    for (let run = 0; run < runs; run += 1) {
      if (run && run % 60 === 0) await device.join(code);
      await reload();
      for (let many = Math.ceil(random() * 3); many > 0; many -= 1) {
        const interviewed = interview.begin(app.round, { language: "fr", easy: false });
        interviewed.answers = { commune: app.round.commune, F5: "never" };
        interviewed.answers.age = random() < 0.5 ? "a18_24" : "a80";
        await interview.save(interviewed);
        const contact = {
          commune: app.round.commune,
          name: `Personne ${run}`,
          contact: "0600000000",
          consent: "1",
          isLinked: random() < 0.5,
        };
        await interview.finish(interviewed, app.round, random() < 0.2 ? contact : null);
        made.push({ key: interviewed.key, answers: interviewed.answers });
      }
      for (let turn = 0; ; turn += 1) {
        if (turn > 500) throw new Error(JSON.stringify(await queue.lines()));
        await queue.send();
        await new Promise((resolve) => setTimeout(resolve, turn));
        const left = (await queue.lines()).filter((one) => one.state !== "sent");
        for (const one of left) if (one.state === "refused") await queue.retry(one.key);
        if (!left.length) break;
      }
    }
    while (late.length) await late.shift()();
    globalThis.fetch = real;
    return { made, faults };
  };
  globalThis.working = work();
}"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the telephones made and what the server holds of it."""

    runs: int
    interviews: int
    faults: dict[str, int]
    lost: int
    doubled: int
    altered: int
    unsent: int


def simulate(server: Server, phones: list[tuple[Page, str]], runs: int) -> Outcome:
    """So many runs on each telephone, all at once; the same seeds each time."""
    before = server.interviews()
    for seed, (page, code) in enumerate(phones, start=1):
        page.evaluate(RUNS, {"runs": runs, "seed": seed, "code": code})
    made: dict[str, dict] = {}
    faults: dict[str, int] = {}
    for page, _code in phones:
        found = page.evaluate("() => globalThis.working")
        made |= {plain(one["key"]): one["answers"] for one in found["made"]}
        for name, count in found["faults"].items():
            faults[name] = faults.get(name, 0) + count
    kept = server.interviews()
    new = {key: answers for key, answers in kept.items() if key not in before}
    states = [line["state"] for page, _code in phones for line in page.evaluate(LINES)]
    return Outcome(
        runs=runs * len(phones),
        interviews=len(made),
        faults=faults,
        lost=len(made.keys() - new.keys()),
        doubled=len(new.keys() - made.keys()) + server.responses() - len(kept),
        altered=sum(new[key] != made[key] for key in made.keys() & new.keys()),
        unsent=sum(state != "sent" for state in states),
    )
