"""Telephones of surveyors, a server that can be cut, and what each of them holds."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import BrowserContext, Error, Page, expect

from tests.browser.conftest import ROOT, Site, free_port, wait_until_ready

PIN = "271828"
# Interviews made by the scripts of the application itself, answer after answer.
MAKE = """async (many) => {
  const { app } = await import("/static/js/pocket/app.js");
  const interview = await import("/static/js/pocket/interview.js");
  const { onScreen } = await import("/static/js/pocket/rules.js");
  const made = [];
  app.definition = app.round.handout.questionnaire;
  for (let turn = 0; turn < many; turn += 1) {
    const state = interview.begin(app.round, { language: "fr", easy: false });
    const { answers } = state;
    let place = 0;
    for (;;) {
      const steps = onScreen(app.definition, answers);
      if (place >= steps.length) break;
      const { question } = steps[place];
      const codes = (question.options ?? []).map((one) => one.code);
      const code = codes[Math.floor(Math.random() * codes.length)];
      if (question.type === "territory") answers[question.code] = app.round.commune;
      else if (question.type === "multiple") answers[question.code] = [code];
      else if (question.type === "matrix")
        answers[question.code] = { [question.rows[0].code]: code };
      else answers[question.code] = code;
      state.at = question.code;
      if (place % 5 === 0) await interview.save(state);
      place += 1;
    }
    await interview.save(state);
    const contact = {
      commune: app.round.commune,
      name: `Personne ${turn}`,
      contact: "0600000000",
      consent: app.round.handout.callback.version,
      isLinked: turn % 2 === 0,
    };
    await interview.finish(state, app.round, turn % 3 ? null : contact);
    made.push({ key: state.key, answers });
  }
  return made;
}"""
LINES = """async () => {
  const { lines } = await import("/static/js/pocket/queue.js");
  return (await lines()).map(({ key, kind, state, reason }) =>
    ({ key, kind, state, reason }));
}"""

WAIT = """async ([least, settled]) => {
  const { lines } = await import("/static/js/pocket/queue.js");
  for (let turn = 0; turn < 1200; turn += 1) {
    const states = (await lines()).map((one) => one.state);
    const sent = states.filter((one) => one === "sent").length;
    const left = states.filter((one) => one === "waiting").length;
    if (settled ? !left && sent >= least : sent === states.length) return true;
    if (!settled && least && sent >= least) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}"""


@dataclass
class Server:
    """The web process on the files of a site: started, killed, started again."""

    var: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen | None = None
    number: int = 0

    @property
    def site(self) -> Site:
        return Site(f"http://127.0.0.1:{self.port}", self.var)

    @property
    def url(self) -> str:
        return f"{self.site.url}/enqueteur/"

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "uvicorn", "config.asgi:application"]
            + ["--port", str(self.port), "--log-level", "error"],
            cwd=ROOT,
            env=self.site.environment | {"PORT": str(self.port)},
        )
        wait_until_ready(self.site.url)

    def kill(self) -> None:
        """As a cut of power: nothing is finished, nothing is said."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(timeout=10)
            self.process = None

    def make_round(self) -> dict:
        """A round of its own beside those of the demonstration, and its codes."""
        made = self.another_round("Enquête d’Exemple")
        self.number = made["number"]
        return made

    def another_round(self, title: str) -> dict:
        return json.loads(self.site.run("-m", "tests.browser.field_round", title))

    def shell(self, code: str) -> None:
        self.site.run("manage.py", "shell", "-c", code)

    def rows(self, query: str) -> list[tuple]:
        with closing(sqlite3.connect(self.site.database)) as database:
            return database.execute(query).fetchall()

    def interviews(self, number: int = 0) -> dict[str, dict]:
        """The answers kept, by key; a key kept twice would be seen."""
        found = self.rows(
            "select i.key, r.answers from rounds_interview i"
            " join surveys_response r on r.id = i.response_id"
            f" where i.round_id = {number or self.number}"
        )
        assert len(found) == len({key for key, _answers in found})
        return {key: json.loads(answers) for key, answers in found}

    def callbacks(self) -> list[str]:
        of_round = f"select key from callbacks_callback where round_id = {self.number}"
        return sorted(key for (key,) in self.rows(of_round))

    def responses(self) -> int:
        of_round = (
            "select count(*) from surveys_response r join rounds_round o"
            f" on o.campaign_id = r.campaign_id where o.id = {self.number}"
        )
        return self.rows(of_round)[0][0]


def plain(key: str) -> str:
    """A key as SQLite keeps it."""
    return key.replace("-", "")


def kill_browser(folder: Path) -> None:
    """Kill, at once, the processes of the browser that uses this folder alone."""
    mark = f"--user-data-dir={folder}".encode()
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            if mark in path.read_bytes():
                os.kill(int(path.parent.name), signal.SIGKILL)


def close(context: BrowserContext) -> None:
    with suppress(Error):
        context.close()


def join(page: Page, address: str, code: str = "") -> None:
    """Come in by the QR, or by the code typed; choose six digits, then a commune."""
    page.goto(address)
    come_in(page, code)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")


def come_in(page: Page, code: str = "", *, refused: tuple[str, ...] = ()) -> None:
    if code:
        page.get_by_label("Votre code").fill(code)
        page.get_by_role("button", name="Rejoindre l’enquête").click()
    for simple in refused:
        choose(page, simple)
        expect(page.locator(".faulty .error")).to_contain_text("à la suite")
    choose(page, PIN)
    page.get_by_role("button", name="Commencer un entretien").wait_for()
    where = page.get_by_label("Commune où vous êtes")
    if where.count():
        assert "" == where.input_value()
        where.select_option(index=1)


def choose(page: Page, pin: str) -> None:
    for label in ("Vos six chiffres", "Les mêmes six chiffres"):
        page.get_by_label(label).fill(pin)
    page.get_by_role("button", name="Garder ces chiffres").click()


def change_survey(page: Page, title: str) -> None:
    page.get_by_role("button", name="Changer d’enquête").click()
    page.get_by_role("button", name=title).click()
    page.get_by_role("button", name="Commencer un entretien").wait_for()


def unlock(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_label("Vos six chiffres").fill(PIN)
    page.get_by_role("button", name="Ouvrir").click()
    page.get_by_role("button", name="Commencer un entretien").wait_for()


def title(page: Page) -> str:
    return page.locator("main h1").inner_text()


def begin(page: Page) -> None:
    page.get_by_role("button", name="Commencer un entretien").click()
    page.get_by_role("button", name="La personne accepte").click()
    page.get_by_text("Question 1 sur").wait_for()


def answer(page: Page, option: int = 0) -> None:
    """Tick an option of the question shown, then go on to the next."""
    before = title(page)
    page.locator("main .option").nth(option).click()
    page.get_by_role("button", name="Suivant").click()
    page.wait_for_function(
        "before => document.querySelector('h1').innerText !== before", arg=before
    )


def to_the_end(page: Page) -> None:
    while not title(page).startswith("Souhaitez-vous être recontacté"):
        answer(page)


def finish(page: Page) -> None:
    to_the_end(page)
    page.get_by_role("button", name="Non, terminer").click()
    page.get_by_role("heading", name="Entretien terminé").wait_for()


def wait_until_sent(page: Page, least: int = 0, *, settled: bool = False) -> None:
    """Until `least` records are sent, or all of them; `settled`, and none waits."""
    is_done = page.evaluate(WAIT, [least, settled])
    assert is_done, page.evaluate(LINES)
