from __future__ import annotations

import csv
import io
from urllib.parse import urlencode

import pytest
from python_calamine import CalamineWorkbook

from jalons.tabulations.models import Tabulation
from tests.factories import make_space, make_user
from tests.tabulations.conftest import url

ASKED = {"lignes": "profile", "colonnes": "P2"}


@pytest.fixture
def officer(survey, client):
    officer, reader = make_user(), make_user()
    survey.space = make_space(owner=officer, reader=reader)
    survey.save()
    client.force_login(officer)
    return officer


def rows_of(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_the_same_address_gives_the_same_table(officer, survey, client):
    pages = [client.get(url("show", survey), ASKED) for _twice in range(2)]

    first, second = (page.content.decode() for page in pages)
    # Three of eight; in each row four answered, whose counts stand without a share.
    assert "38\u00a0% (3)" in first or "38\u202f% (3)" in first
    assert "50" not in first.partition("<tbody>")[2].partition("</tbody>")[0]
    assert (
        first.partition("<main")[2].partition("csrf")[0]
        == (second.partition("<main")[2].partition("csrf")[0])
    )


def test_a_mistake_in_the_address_is_told_on_the_page(officer, survey, client):
    page = client.get(url("show", survey), {"lignes": "P99", "colonnes": "P2"})

    assert 200 == page.status_code
    assert "P99" in page.content.decode()


def test_margins_out_of_reach_are_told_in_words(officer, survey, client):
    margins = "profile: decision_maker 100, digital_adviser 0, local_operator 0,"
    margins += " territorial_engineering 0"

    page = client.get(url("show", survey), {**ASKED, "marges": margins})

    text = page.content.decode()
    assert "devrait peser 0" in text
    assert "sans pondération" in text


def test_page_csv_and_workbook_say_the_same_numbers(officer, survey, client):
    page = client.get(url("show", survey), ASKED).content.decode()
    lines = rows_of(client.get(url("csv", survey), ASKED))
    book = CalamineWorkbook.from_object(
        io.BytesIO(client.get(url("xlsx", survey), ASKED).content)
    )

    yes = next(one for one in lines if one[0].startswith("Décision") and one[2] == "2")
    assert ["2", "4", "50,0"] == yes[2:5]
    assert '<td class="n">2</td>' in page
    sheet = book.get_sheet_by_index(2).to_python()
    assert any(row[2:5] == [2, 4, 50] for row in sheet)


def test_a_reader_may_not_cross_answers_at_will(officer, survey, client):
    client.force_login(survey.space.memberships.get(role="reader").user)

    assert 403 == client.get(url("show", survey), ASKED).status_code


def test_a_table_is_kept_with_its_address_and_its_author(officer, survey, client):
    address = f"{url('keep', survey)}?lignes=profile&colonnes=P2"

    client.post(address, {"title": "Portage par profil"})

    kept = Tabulation.objects.get()
    assert ("Portage par profil", officer) == (kept.title, kept.kept_by)
    assert "lignes=profile&colonnes=P2" == kept.address
    page = client.get(url("list", survey)).content.decode()
    assert "Portage par profil" in page
    assert "lignes=profile&amp;colonnes=P2" in page


def test_the_same_table_sent_twice_is_kept_once_under_its_last_title(
    officer, survey, client
):
    address = f"{url('keep', survey)}?lignes=profile&colonnes=P2"

    for title in ("Portage", "Portage", "Portage par profil"):
        answer = client.post(address, {"title": title}, follow=True)
    client.post(f"{url('keep', survey)}?lignes=P2&colonnes=profile", {"title": "T"})

    titles = sorted(one.title for one in Tabulation.objects.all())
    assert ["Portage par profil", "T"] == titles
    assert "déjà gardé" in str(*answer.context["messages"])


def test_nothing_is_kept_without_a_table(officer, survey, client):
    client.post(url("keep", survey), {"title": "Rien"})

    assert not Tabulation.objects.exists()


def test_a_table_whose_margins_are_out_of_reach_is_neither_offered_nor_kept(
    officer, survey, client
):
    margins = "profile: decision_maker 100, digital_adviser 0, local_operator 0,"
    margins += " territorial_engineering 0"
    asked = {**ASKED, "marges": margins}
    address = f"{url('keep', survey)}?{urlencode(asked)}"

    page = client.get(url("show", survey), asked).content.decode()
    answer = client.post(address, {"title": "T"}, follow=True)

    assert url("keep", survey) not in page
    assert "ne peut pas être gardé" in page
    assert "ne peut pas être gardé" in str(*answer.context["messages"])
    assert not Tabulation.objects.exists()


def test_a_table_kept_whose_margins_went_out_of_reach_is_marked_in_the_list(
    officer, survey, client
):
    half = "profile: decision_maker 50, digital_adviser 50, local_operator 0,"
    half += " territorial_engineering 0"
    for title, asked in (("Calée", {**ASKED, "marges": half}), ("Simple", ASKED)):
        client.post(f"{url('keep', survey)}?{urlencode(asked)}", {"title": title})
    mark = "n’atteignent plus les parts"
    before = client.get(url("list", survey)).content.decode()

    survey.responses.filter(profile="digital_adviser").delete()
    after = client.get(url("list", survey)).content.decode()

    assert mark not in before
    assert 1 == after.count(mark)
    assert after.index(">Calée<") < after.index(mark)


def test_the_example_of_shares_can_be_typed_as_it_is(officer, survey, client):
    page = client.get(url("show", survey), {**ASKED, "changer": "1"})
    example = page.context["lists"].example

    again = client.get(url("show", survey), {**ASKED, "marges": example})

    assert "profile: " in example
    assert "decision_maker 25" in example
    assert f"Par exemple\u00a0: {example}" in page.content.decode()
    assert () == again.context["problems"]


def test_the_choices_of_a_variable_are_shown_when_it_is_chosen(officer, survey, client):
    def page(**more):
        answer = client.get(url("show", survey), {**ASKED, **more})
        return answer.content.decode()

    box = 'name="filtre" value="P2:yes"'

    assert "<select" not in page()
    assert box not in page(changer="1")
    assert box in page(changer="1", filtrer="P2")
    assert f"{box} checked" in page(changer="1", filtre="P2:yes")


def test_a_kept_table_can_be_removed(officer, survey, client):
    client.post(f"{url('keep', survey)}?lignes=profile&colonnes=P2", {"title": "T"})

    client.post(url("remove", survey, Tabulation.objects.get().pk))

    assert not Tabulation.objects.exists()


def test_inhabitants_are_not_crossed_at_the_desk_of_professionals(
    officer, survey, client
):
    before = client.get(url("show", survey), ASKED).status_code
    survey.is_of_inhabitants = True
    survey.save()

    assert (200, 404) == (before, client.get(url("show", survey), ASKED).status_code)
