"""The field survey on phones: without network, killed, cut, and nothing is lost."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.browser import phones
from tests.browser.conftest import copy_of
from tests.browser.faults import simulate
from tests.browser.keys import stop
from tests.browser.phones import Server
from tests.browser.walks import PHONE, assert_reads_well
from tests.pocket.cases import CASES


@pytest.fixture(scope="module")
def server(built, tmp_path_factory):
    """The demonstration with a field survey, on a server that can be cut."""
    server = Server(copy_of(built, tmp_path_factory.mktemp("pocket")).var)
    server.start()
    yield server
    server.kill()


@pytest.fixture(scope="module")
def round(server):
    return server.make_round()


def assert_each_once(server, before, made, *pages):
    """Exactly the interviews and the call-backs of these phones, as they were given.

    `before` are those that the server already held: a walk may walk again.
    """
    lines = [line for page in pages for line in page.evaluate(phones.LINES)]
    earlier, called = before
    kept = {key: one for key, one in server.interviews().items() if key not in earlier}
    sent = [phones.plain(one["key"]) for one in lines if one["kind"] == "interview"]
    calls = [phones.plain(one["key"]) for one in lines if one["kind"] == "callback"]
    assert 30 + 5 == len(sent) == len(set(sent))
    assert set(sent) == set(kept)
    assert {phones.plain(one["key"]): one["answers"] for one in made}.items() <= (
        kept.items()
    )
    assert sorted(calls) == sorted({*server.callbacks()} - called)


def held(server):
    """The keys of what the server holds."""
    return {*server.interviews()}, {*server.callbacks()}


def sixteen_then_killed_in_the_seventeenth(page, context, folder):
    """One by hand, fifteen by the scripts, and a browser killed without a word."""
    phones.begin(page)
    phones.finish(page)
    made = page.evaluate(phones.MAKE, 15)
    page.get_by_role("button", name="Entretien suivant").click()
    page.get_by_role("button", name="La personne accepte").click()
    for _question in range(5):
        phones.answer(page, option=1)
    phones.kill_browser(folder)
    phones.close(context)
    return made


def take_up_the_seventeenth(page, server):
    phones.unlock(page, server.url)
    page.get_by_role("button", name="Reprendre").click()
    page.get_by_text("Question 6 sur").wait_for()
    page.get_by_role("button", name="Retour").click()
    page.get_by_text("Question 5 sur").wait_for()
    expect(page.locator("main .option input").nth(1)).to_be_checked()
    phones.finish(page)


def test_thirty_interviews_survive_a_killed_browser_and_a_killed_server(
    playwright, browser, browser_type_launch_args, server, round, tmp_path
):
    before = held(server)
    first, second = round["Samira"], browser.new_context(locale="fr-FR").new_page()

    def switch_on():
        context = playwright.chromium.launch_persistent_context(
            tmp_path, locale="fr-FR", viewport=PHONE, **browser_type_launch_args
        )
        return context, context.pages[0]

    context, page = switch_on()
    phones.join(page, f"{server.url}#{first['secret']}")
    phones.join(second, server.url, first["code"])
    server.kill()
    context.set_offline(True)
    second.context.set_offline(True)

    made = sixteen_then_killed_in_the_seventeenth(page, context, tmp_path)
    context, page = switch_on()
    context.set_offline(True)
    take_up_the_seventeenth(page, server)
    made += page.evaluate(phones.MAKE, 13)
    made += second.evaluate(phones.MAKE, 5)

    # The network returns; the server is killed while both are sending.
    server.start()
    context.set_offline(False)
    second.context.set_offline(False)
    phones.wait_until_sent(page, least=3)
    server.kill()
    server.start()
    for one in (page, second):
        one.evaluate("dispatchEvent(new Event('online'))")
        phones.wait_until_sent(one)

    assert_each_once(server, before, made, page, second)
    phones.close(context)


def test_the_phone_asks_and_keeps_what_the_table_of_cases_says(page, server):
    page.goto(server.url)

    found = page.evaluate(
        """async (cases) => {
          const { asked, kept } = await import("/static/js/pocket/rules.js");
          return cases.map(([, definition, answers]) => {
            const found = kept(definition, answers);
            const codes = asked(definition, found).map((one) => one.question.code);
            return [codes, found];
          });
        }""",
        json.loads(json.dumps(CASES)),
    )

    assert [[case[3], case[4]] for case in CASES] == found


def test_the_phone_counts_the_questions_that_may_still_be_asked(page, server):
    """Two follow one answer: four at most before it is given, then as many as asked."""
    page.goto(server.url)

    found = page.evaluate(
        """async () => {
          const { howMany } = await import("/static/js/pocket/rules.js");
          const show_if = { question: "a", any_of: ["yes"] };
          const hidden = ["b", "c"].map((code) => ({ code, show_if }));
          const questions = [{ code: "a" }, ...hidden, { code: "d" }];
          const definition = { sections: [{ questions }] };
          const both = (...told) => [false, true].map((sure) =>
            howMany(definition, ...told, sure));
          return [both({}, []), both({ a: "no" }, ["a"]), both({ a: "yes" }, ["a"])];
        }"""
    )

    assert [[4, 2], [2, 2], [4, 4]] == found


def test_a_number_to_mend_leaves_nothing_of_itself_among_the_answers(page, server):
    page.goto(server.url)

    given = page.evaluate(
        """async () => {
          const { control } = await import("/static/js/pocket/answers.js");
          const question = { code: "n", type: "number", maximum: 120 };
          const said = [];
          const box = control(question, undefined, (value) => said.push(value ?? "-"));
          document.querySelector("main").append(box);
          const input = box.querySelector("input");
          for (const text of ["12", "12a", "1200", "12,5"]) {
            input.value = text;
            input.dispatchEvent(new Event("input"));
            input.dispatchEvent(new Event("change"));
            said.push(input.getAttribute("aria-invalid"));
          }
          return said;
        }"""
    )

    assert [12, "false", "-", "true", "-", "true", 12.5, "false"] == given


def test_a_phone_withdrawn_keeps_nothing_that_can_be_read_and_loses_nothing(
    browser, server, round
):
    page = browser.new_context(locale="fr-FR", viewport=PHONE).new_page()
    phones.join(page, server.url, round["Lou"]["code"])
    before = len(server.interviews())
    page.context.set_offline(True)
    made = page.evaluate(phones.MAKE, 2)
    phones.begin(page)
    phones.answer(page)
    revoke = (
        "from jalons.rounds.models import Surveyor\n"
        "from jalons.rounds.enrolment import revoke_surveyor\n"
        "from django.utils import timezone\n"
        "from tests.factories import make_user\n"
        f"one = Surveyor.objects.get(pk={round['Lou']['pk']})\n"
        "revoke_surveyor(one, by=make_user(), at=timezone.now())"
    )
    server.shell(revoke)
    page.context.set_offline(False)

    page.get_by_role("heading", name="Ce téléphone a été retiré").wait_for()
    assert_reads_well(page)
    kept = page.evaluate(
        """async () => {
          const { all } = await import("/static/js/pocket/store.js");
          return [await all("drafts"), (await all("rounds"))[0]];
        }"""
    )
    assert [] == kept[0]
    assert not {"token", "base", "proof", "handout"} & set(kept[1])
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Exporter dans un fichier").click()
    content = json.loads(downloading.value.path().read_text())
    sealed = {one["key"] for one in content["envelopes"]}
    assert {one["key"] for one in made} <= sealed
    assert before == len(server.interviews())

    page.get_by_role("button", name="Taper ou scanner un code").click()
    page.get_by_label("Votre code").fill(round["Samira"]["code"])
    page.get_by_role("button", name="Rejoindre l’enquête").click()
    page.get_by_label("Vos six chiffres").wait_for()
    page.evaluate("dispatchEvent(new Event('online'))")
    phones.wait_until_sent(page)
    assert {phones.plain(one["key"]) for one in made} <= set(server.interviews())


def test_two_surveys_on_one_phone_and_questions_that_changed_without_network(
    browser, server, round
):
    other = server.another_round("Seconde enquête")
    page = browser.new_context(locale="fr-FR", viewport=PHONE).new_page()
    phones.join(page, server.url, round["Samira"]["code"])
    page.get_by_role("button", name="Changer d’enquête").click()
    page.get_by_role("button", name="Rejoindre une autre enquête").click()
    phones.come_in(page, other["Lou"]["code"], refused=("000000", "123456", "987654"))

    # Both without network; meanwhile, the team of the second rewords a question.
    page.context.set_offline(True)
    there = page.evaluate(phones.MAKE, 1)
    phones.change_survey(page, "Enquête d’Exemple")
    here = page.evaluate(phones.MAKE, 1)
    server.shell(
        "from jalons.rounds.models import Round; from tests.factories import reword\n"
        f"reword(Round.objects.get(pk={other['number']}).campaign, 'F1')"
    )
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    phones.wait_until_sent(page, least=1, settled=True)

    assert phones.plain(here[0]["key"]) in server.interviews()
    phones.change_survey(page, "Seconde enquête")
    page.get_by_role("button", name="Voir ce qui attend").click()
    refused = page.locator("main section", has_text="refusé")
    assert "Entretien 1" in refused.inner_text()
    assert "ne sont pas celles de cette enquête" in refused.inner_text()
    assert_reads_well(page)
    states = {one["key"]: one["state"] for one in page.evaluate(phones.LINES)}
    assert {"sent", "refused"} == {states[here[0]["key"]], states[there[0]["key"]]}

    # The phone has learnt the new questions: what is asked now is taken.
    page.get_by_role("button", name="Revenir à l’enquête").click()
    anew = page.evaluate(phones.MAKE, 1)
    page.evaluate("dispatchEvent(new Event('online'))")
    phones.wait_until_sent(page, least=2, settled=True)
    assert phones.plain(anew[0]["key"]) in server.interviews(other["number"])


def test_a_network_that_loses_doubles_cuts_and_delays_loses_and_doubles_nothing(
    browser, server, round
):
    code = round["Samira"]["code"]
    pages = [browser.new_context(locale="fr-FR").new_page() for _phone in range(2)]
    for page in pages:
        phones.join(page, server.url, code)

    outcome = simulate(server, [(page, code) for page in pages], runs=15)

    assert 8 == len(outcome.faults), outcome.faults
    assert (0, 0, 0, 0) == (
        outcome.lost,
        outcome.doubled,
        outcome.altered,
        outcome.unsent,
    )


def press(page, name):
    """Reach a control with the Tab key alone, then press it."""
    for _key in range(40):
        page.keyboard.press("Tab")
        stop(page)
        text = page.evaluate("document.activeElement.innerText")
        if text == name:
            return page.keyboard.press("Enter")
    raise AssertionError(f"{name} is not reached with the keyboard")


def test_an_interview_is_made_with_the_keyboard_alone_and_every_screen_reads_well(
    browser, server, round
):
    page = browser.new_context(locale="fr-FR", viewport=PHONE).new_page()
    phones.join(page, server.url, round["Samira"]["code"])
    assert_reads_well(page)
    press(page, "Commencer un entretien")
    page.get_by_role("heading", name="À lire à la personne").wait_for()
    assert_reads_well(page)
    press(page, "La personne accepte : commencer".replace(" :", "\u00a0:"))
    read, opened = set(), []
    for number in range(1, 50):
        kind = page.locator("main input").first.get_attribute("type")
        if (kind, page.locator("main fieldset").count()) not in read:
            assert_reads_well(page)
        read.add((kind, page.locator("main fieldset").count()))
        words = page.locator("main .lead").all_inner_texts()
        opened += [one for one in words if "sept choses" in one]
        # Each screen gives the focus to its title, so that it is read first.
        expect(page.locator("h1")).to_be_focused()
        page.keyboard.press("Tab")
        stop(page)
        page.keyboard.press("Space")
        press(page, "Suivant")
        page.wait_for_function(
            "number => !document.querySelector('#progress') ||"
            " document.querySelector('#progress').value > number",
            arg=number,
        )
        if not page.locator("#progress").count():
            break
    # The words of a section are said once, on its first question.
    assert 1 == len(opened)
    assert_reads_well(page)
    press(page, "Oui, laisser un contact")
    page.get_by_label("Un seul contact").wait_for()
    assert_reads_well(page)
    press(page, "Non, terminer")
    page.get_by_role("heading", name="Entretien terminé").wait_for()
    press(page, "Revenir à l’enquête")
    page.get_by_role("heading", name="Enquête d’Exemple").wait_for()
    press(page, "Voir ce qui attend")
    page.get_by_role("heading", name="Ce qui est sur ce téléphone").wait_for()
    assert_reads_well(page)


def test_the_way_out_of_a_person_leaves_no_trace_once_written_down(
    browser, server, round
):
    page = browser.new_context(locale="fr-FR").new_page()
    phones.join(page, server.url, round["Samira"]["code"])
    phones.begin(page)
    phones.to_the_end(page)
    press(page, "Oui, laisser un contact")
    page.locator("main input[maxlength='120']").nth(0).fill("Mme Exemple")
    page.locator("main input[maxlength='120']").nth(1).fill("06 00 00 00 00")
    page.locator("main .options input").first.check()
    page.locator("main form .button.big").click()
    page.get_by_role("heading", name="Entretien terminé").wait_for()

    expect(page.get_by_text("/rappel/")).to_be_visible()
    assert page.evaluate("history.state") == {"name": "thanks", "given": {}}
    press(page, "Revenir à l’enquête")
    page.get_by_text("/rappel/").wait_for(state="detached")


def test_a_full_phone_says_so_and_claims_nothing_kept(browser, server, round):
    page = browser.new_context(locale="fr-FR").new_page()
    phones.join(page, server.url, round["Samira"]["code"])
    phones.begin(page)
    page.evaluate(
        """() => {
          globalThis.put = IDBObjectStore.prototype.put;
          IDBObjectStore.prototype.put = () => {
            throw new DOMException("", "QuotaExceededError");
          };
        }"""
    )

    page.locator("main .option").nth(1).click()
    page.get_by_text("Ce téléphone n’a plus de place").wait_for()
    page.get_by_role("button", name="Suivant").click()
    expect(page.get_by_text("Question 1 sur")).to_be_visible()
    expect(page.get_by_text("Gardé sur ce téléphone")).to_have_count(0)

    page.evaluate("() => { IDBObjectStore.prototype.put = globalThis.put; }")
    page.get_by_role("button", name="Suivant").click()
    page.get_by_text("Question 2 sur").wait_for()
