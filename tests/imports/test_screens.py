"""The two screens of a mapping: proposed, chosen by a person, then read."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from itertools import combinations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jalons.imports.figures import EXAMPLE
from jalons.imports.mapping import parse_mapping
from jalons.imports.models import ImportBatch, SavedMapping
from jalons.imports.reopening import choices_of
from jalons.imports.scanning import scan
from jalons.questionnaires.operations import load_definition
from jalons.search import operations as search
from jalons.territories.models import Territory
from tests.factories import make_campaign, make_space, make_territory, make_user
from tests.files.workbooks import make_xlsx
from tests.imports.foreign import (
    FRAMAFORMS,
    FRAMAFORMS_BOXES,
    GOOGLE,
    GOOGLE_GRID,
    LIMESURVEY_BOTH,
    LIMESURVEY_TEXTS,
    SPHINX,
)
from tests.imports.giving import by_label, choose, confirm_values, give, url_of
from tests.imports.limesurvey import AS_CODES, csv_file
from tests.questionnaires.centre import posted
from tests.questionnaires.kinds import kinds

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(client):
    user = make_user()
    client.force_login(user)
    return make_campaign(
        make_territory("CC des Exemples"), space=make_space(editor=user)
    )


def test_nothing_is_chosen_beforehand(client, campaign):
    page = give(client, campaign, SPHINX)

    form = page.context["form"]
    assert not any(form[name].value() for name in form.fields)
    assert "Sphinx" in page.content.decode()
    refused = client.post(url_of("columns"), {})
    assert len(form.fields) - 3 == len(refused.context["form"].errors)
    assert not ImportBatch.objects.get().choices


def test_the_sure_proposals_are_chosen_together_and_still_to_be_sent(client, campaign):
    page = give(client, campaign, SPHINX)
    named = by_label(page.context["form"])

    said = page.content.decode()
    chosen = client.post(url_of("columns"), {"sure": "1"})

    form, told = chosen.context["form"], chosen.content.decode()
    assert "<dt>CLE</dt><dd>L’identifiant de chaque réponse</dd>" in said
    assert "rien n’est encore lu ni enregistré" in told
    assert "rien n’est encore lu ni enregistré" not in said
    assert "P2" == form[named["P2"]].value()
    assert ":key" == form[named["CLE"]].value()
    assert not form[named["Poids"]].value()
    assert not ImportBatch.objects.get().choices


def test_a_sphinx_export_is_mapped_then_read_with_its_weights(client, campaign):
    given = give(client, campaign, SPHINX)
    unsaid = choose(client, given, PROFIL="profile", weight_source="")
    page = choose(client, given, PROFIL="profile")

    shown = confirm_values(client, page, Web="web").content.decode()

    assert "dites plus bas qui" in unsaid.content.decode()
    batch = ImportBatch.objects.get()
    assert (ImportBatch.State.CHECKED, "") == (batch.state, batch.problem)
    assert (2, 0) == (batch.report["created"], batch.report["refused"])
    assert {"web": 2} == batch.report["channels"]
    assert "donne un poids à 2\u00a0réponses (Calage du CREDOC)" in shown
    assert "formulaire en ligne 2" in shown


def test_a_mapping_used_again_is_completed_where_a_value_is_new(client, campaign):
    first = SPHINX.replace("Web", "Kiosque")
    page = choose(client, give(client, campaign, first), PROFIL="profile")
    confirm_values(client, page, Kiosque="web")
    client.post(url_of("save"), {"title": "Sphinx"})
    place = campaign.territories.first().name
    new = first.format(epci=place).replace("Kiosque", "Borne", 1).encode()
    kept = {
        "file": SimpleUploadedFile("b.csv", new),
        "saved": SavedMapping.objects.get().pk,
    }

    given = client.post(
        reverse("imports:create", args=[campaign.pk]), kept, follow=True
    )
    page, columns = client.get(url_of("values")), client.get(url_of("columns"))

    batch = ImportBatch.objects.latest("pk")
    assert (1, {}) == (batch.report["refused"], batch.choices)
    assert "profile" in columns.context["form"].initial.values()
    assert url_of("values") in given.content.decode()
    form = page.context["form"]
    asked = {ask.about: name for name, _group, ask in form._asks()}
    assert ("web", "") == (form[asked["Kiosque"]].value(), form[asked["Borne"]].value())
    client.post(url_of("values"), posted(page) | {asked["Borne"]: "phone"})
    batch = ImportBatch.objects.latest("pk")
    assert {"web": 1, "phone": 1} == batch.report["channels"]
    assert 0 == batch.report["refused"]


def test_a_mapping_that_says_more_than_the_screens_is_left_as_it_is(client, campaign):
    row = {**AS_CODES, "EPCI": campaign.territories.first().pk, "id": "1"}
    given = {
        "file": SimpleUploadedFile("export.csv", csv_file(row)),
        "mapping": SimpleUploadedFile("m.toml", EXAMPLE.read_bytes()),
    }
    client.post(reverse("imports:create", args=[campaign.pk]), given)
    before = ImportBatch.objects.get()

    page = client.get(url_of("values"), follow=True)

    after = ImportBatch.objects.get()
    assert (before.choices, before.header_line) == (after.choices, after.header_line)
    assert "en dit plus que ces écrans" in page.content.decode()


@pytest.mark.parametrize("lost", ["CLE", "DATE_ENREG", "EPCI"])
def test_a_mapping_is_not_opened_again_on_a_file_that_lacks_a_column(
    client, campaign, lost
):
    page = choose(client, give(client, campaign, SPHINX), PROFIL="profile")
    confirm_values(client, page, Web="web")
    definition = campaign.version.read()
    mapping = parse_mapping(
        ImportBatch.objects.get().mapping.encode(), "m.toml", definition
    )
    content = SPHINX.format(epci=campaign.territories.first().name)
    whole = scan(BytesIO(content.encode()), name="a.csv", header_line=None)
    columns = tuple(one for one in whole.columns if one.name != lost)

    assert len(columns) < len(whole.columns)
    assert choices_of(mapping, whole, definition) is not None
    assert choices_of(mapping, replace(whole, columns=columns), definition) is None


def test_a_google_export_is_identified_by_its_moment_of_sending(client, campaign):
    page = choose(
        client,
        give(client, campaign, GOOGLE),
        **{
            "Votre intercommunalité": ":territory",
            "Vous êtes…": "profile",
            "Les élus sont-ils formés au numérique ?": "P2",
            "Difficultés rencontrées": "difficulties",
        },
    )

    confirm_values(
        client,
        page,
        **{
            "Décideur": "decision_maker",
            "Le financement": "funding",
            "Autre chose": "other",
            "Non": "no",
            "Oui": "yes",
        },
    )

    batch = ImportBatch.objects.get()
    assert (2, 0) == (batch.report["created"], batch.report["refused"])
    client.post(url_of("confirm"))
    answers = [r.answers for r in campaign.responses.order_by("submitted_at")]
    assert [["funding", "other"], ["funding"]] == [a["difficulties"] for a in answers]
    assert ["no", "yes"] == [a["P2"] for a in answers]


def test_headings_on_the_third_line_are_asked_then_read(client, campaign):
    page = give(client, campaign, FRAMAFORMS)
    assert 3 == page.context["likely"]

    page = client.post(url_of("header"), {"line": "3"}, follow=True)
    assert "Framaforms" in page.content.decode()
    page = choose(client, page, Profil="profile")
    confirm_values(client, page)

    batch = ImportBatch.objects.get()
    assert (2, 0) == (batch.report["created"], batch.report["refused"])


def test_boxes_named_under_their_question_are_proposed_for_it(client, campaign):
    page = give(client, campaign, FRAMAFORMS_BOXES)
    assert 3 == page.context["likely"]
    page = client.post(url_of("header"), {"line": "3"}, follow=True)
    form = page.context["form"]
    asked = "Comment ce portage se traduit-il ?"
    guesses = {one.title: one.guess.code for one in form.proposals}
    assert "P3" == guesses[f"{asked} › Une délibération votée"]
    assert "P3" != guesses["Vos remarques"]

    page = choose(client, page, **{"Votre profil": "profile", "Vos remarques": "-"})
    boxes = {
        "Une délégation ou une mission confiée": "delegate",
        "Une délibération votée": "voted",
    }
    confirm_values(client, page, **boxes)
    client.post(url_of("confirm"))

    answers = [one.answers["P3"] for one in campaign.responses.order_by("submitted_at")]
    assert [["delegate"], ["delegate", "voted"]] == answers


def test_headings_as_codes_and_texts_are_recognised(client, campaign):
    page = give(client, campaign, LIMESURVEY_BOTH)
    form = page.context["form"]
    guesses = {one.title.partition(".")[0]: one.guess for one in form.proposals}

    assert "LimeSurvey (100" in page.content.decode()
    assert (":key", ":date") == (guesses["id"].code, guesses["submitdate"].code)
    assert ("-", "-") == (guesses["seed"].code, guesses["interviewtime"].code)
    assert ("P3", "sure") == (guesses["P3[SQ001]"].code, guesses["P3[SQ001]"].level)
    page = choose(client, page, **{"PROFIL. Vous êtes": "profile"})
    boxes = {
        "P3[SQ001]. Comment ce por.. [Une délégation]": "delegate",
        "P3[SQ002]. Comment ce por.. [Une délibération votée]": "voted",
    }
    confirm_values(client, page, **boxes)
    client.post(url_of("confirm"))
    (response,) = campaign.responses.all()
    assert ["delegate"] == response.answers["P3"]


def test_a_grid_of_google_forms_is_a_matrix(client):
    user = make_user()
    client.force_login(user)
    place = make_territory("CC des Exemples")
    space = make_space(editor=user)
    campaign = make_campaign(place, space=space, version=load_definition(kinds()))

    page = choose(client, give(client, campaign, GOOGLE_GRID))
    confirm_values(client, page)
    client.post(url_of("confirm"))

    (response,) = campaign.responses.all()
    assert {"mail": "alone", "buy": "helped"} == response.answers["grid"]


def test_boxes_are_one_column_each_and_rows_never_sent_are_left_aside(client, campaign):
    page = give(client, campaign, LIMESURVEY_TEXTS)
    page = choose(client, page, **{"PROFIL. Votre profil": "profile"})
    confirm_values(
        client,
        page,
        **{
            "P3. [Une délégation]": "delegate",
            "P3. [Une vice-présidence]": "vice_president",
            "Oui": "yes",
            "Non": "no",
        },
    )
    client.post(url_of("confirm"))

    (response,) = campaign.responses.all()
    assert ["delegate"] == response.answers["P3"]
    assert 1 == ImportBatch.objects.get().report["unfinished"]


def test_the_mapping_made_on_screen_is_the_file_that_the_command_reads(
    client, campaign
):
    page = choose(client, give(client, campaign, SPHINX), PROFIL="profile")
    confirm_values(client, page)

    content = client.get(url_of("mapping")).content

    mapping = parse_mapping(content, "m.toml", campaign.version.read())
    assert ("CLE", "DATE_ENREG") == (mapping.rows.key, mapping.rows.submitted_at)
    assert ("Poids", "Calage du CREDOC") == (
        mapping.weight.column,
        mapping.weight.source,
    )


def test_a_territory_written_otherwise_is_asked_among_those_alike(client, campaign):
    content = SPHINX.replace("{epci}", "Cté des exemple")
    _index(campaign.territories.get())

    page = choose(client, give(client, campaign, content), PROFIL="profile")
    form = page.context["form"]
    (ask,) = [a for _n, g, a in form._asks() if g.code == ":territory"]
    assert campaign.territories.get().pk in dict(ask.choices)
    confirm_values(client, page, **{ask.about: campaign.territories.get().pk})

    assert 2 == ImportBatch.objects.get().report["created"]


def _index(territory: Territory) -> None:
    search.index([search.Entry("epci", territory.pk, territory.name)])


def test_a_territory_left_aside_refuses_its_rows_with_the_reason(client, campaign):
    content = SPHINX.replace("{epci}", "Atlantide")
    page = choose(client, give(client, campaign, content))

    confirm_values(client, page, Atlantide="-")

    report = ImportBatch.objects.get().report
    assert (0, 2) == (report["created"], report["refused"])
    assert "Atlantide" in report["reasons"][0]["reason"]


def test_what_is_no_answer_is_emptied_and_counted_or_leaves_its_rows_aside(
    client, campaign
):
    """In a cell of several answers too, and again when the mapping is reused."""
    rows = ["Oui;voted, plus tard", "Non;", "bof;", "bof;", "???;"]
    lines = (f"{n};2024-03-01;{{epci}};decision_maker;{r}" for n, r in enumerate(rows))
    content = "\n".join(("id;date;EPCI;profile;P2;P3", *lines))
    page = choose(client, give(client, campaign, content), P2="P2", P3="P3")
    said = {"bof": "-", "???": "--", "plus tard": "-", "": ","}

    told = confirm_values(client, page, **said).content.decode()

    report = ImportBatch.objects.get().report
    assert (4, 1) == (report["created"], report["refused"])
    counts = {(one["column"], one["value"]): one["count"] for one in report["emptied"]}
    assert {("P2", "bof"): 2, ("P3", "plus tard"): 1} == counts
    assert "« bof », 2 fois" in told.replace("\u00a0", " ")
    assert "écarte" in report["reasons"][0]["reason"]
    again = client.get(url_of("values")).context["form"]
    about = {ask.about: name for name, _group, ask in again._asks()}
    assert {one: again[about[one]].value() for one in said} == said
    client.post(url_of("confirm"))
    answers = [r.answers.get("P2") for r in campaign.responses.order_by("pk")]
    assert ["yes", "no", None, None] == answers
    assert ["voted"] == campaign.responses.order_by("pk").first().answers["P3"]


def test_columns_chosen_twice_or_forgotten_are_said(client, campaign):
    page = give(client, campaign, SPHINX)
    twice = choose(client, page, PROFIL="P2", EPCI="-", CLE="-")

    said = " ".join(twice.context["form"].non_field_errors())
    assert "P2" in said
    assert 3 == len(twice.context["form"].non_field_errors())


def test_a_column_of_free_words_is_no_list_of_answers(client, campaign):
    rows = "".join(f"{n};2024-03-01;{{epci}};mot {n}\n" for n in range(80))
    page = give(client, campaign, f"id;date;EPCI;P2\n{rows}")

    page = choose(client, page)

    assert page.context["form"].has_problems
    assert "60" in page.content.decode()


def test_many_combinations_of_few_answers_are_a_list_of_answers(client, campaign):
    codes = [one.code for one in campaign.version.read().question("R2a").options]
    several = [" ".join(one) for n in (2, 3) for one in combinations(codes, n)]
    several.append("dont_know")
    rows = "".join(f"{n};2024-03-01;{{epci}};{x}\n" for n, x in enumerate(several))
    page = give(client, campaign, f"id;date;EPCI;R2a\n{rows}")

    page = choose(client, page)

    assert len(several) > 60
    assert not page.context["form"].has_problems


def test_dates_that_nobody_can_read_are_said_before_the_file_is_read(client, campaign):
    page = give(
        client,
        campaign,
        "id;date;EPCI;P2\n1;2024-03-01;{epci};Oui\n2;hier;{epci};Oui\n",
    )

    page = choose(client, page)

    assert page.context["form"].has_problems
    assert "«\u00a0hier\u00a0» n’est pas une date" in page.content.decode()


def test_one_day_may_stand_for_all_rows(client, campaign):
    page = give(client, campaign, "id;EPCI;profile\n1;{epci};decision_maker\n")
    form = page.context["form"]
    data = {"weight_source": "Calage du CREDOC"}
    data |= {f"c{n}": p.guess.code for n, p in enumerate(form.proposals)}

    client.post(url_of("columns"), {**data, "day": "2024-03-01"}, follow=True)
    client.post(url_of("values"), {}, follow=True)

    assert 1 == ImportBatch.objects.get().report["created"]


def test_two_columns_of_one_name_are_told_apart_and_said(client, campaign):
    page = give(client, campaign, "id;date;EPCI;Autre;Autre\n1;2024-03-01;{epci};a;b\n")

    labels = by_label(page.context["form"])

    assert {"Autre", "Autre (2)"} <= labels.keys()
    assert "Autre (2)" in page.content.decode()


def test_merged_cells_are_refused_with_their_address(client, campaign):
    def merged(sheet, line, column):
        sheet.merge_range(line, column, line + 1, column, "CC")

    rows = [["id", "EPCI"], ["1", merged], ["2", None]]
    page = give(client, campaign, make_xlsx(rows).getvalue(), "a.xlsx")

    assert "B2:B3" in page.content.decode()


def test_an_empty_sheet_is_refused_and_forgotten(client, campaign):
    page = give(client, campaign, make_xlsx([[]]).getvalue(), "vide.xlsx")

    assert 200 == page.status_code
    assert not ImportBatch.objects.exists()


def test_a_lone_column_may_be_one_box_of_a_question(client, campaign):
    content = (
        "id;date;EPCI;profile;R2a [Bibliothèque]\n"
        "1;2024-03-01;{epci};decision_maker;Oui\n"
        "2;2024-03-01;{epci};decision_maker;Non\n"
    )
    page = choose(client, give(client, campaign, content))
    confirm_values(client, page, **{"R2a [Bibliothèque]": "library"})
    client.post(url_of("confirm"))

    answers = [r.answers.get("R2a") for r in campaign.responses.order_by("pk")]
    assert [["library"], None] == answers


def test_one_date_in_ten_that_nobody_can_read_refuses_its_row_only(client, campaign):
    rows = [f"{n};0{n}/03/2024;{{epci}};decision_maker" for n in range(1, 10)]
    content = "\n".join(
        ["id;date;EPCI;profile", *rows, "10;hier;{epci};local_operator"]
    )

    page = choose(client, give(client, campaign, content))
    confirm_values(client, page, date="%d/%m/%Y")

    report = ImportBatch.objects.get().report
    assert (9, 1) == (report["created"], report["refused"])
    assert "hier" in report["reasons"][0]["reason"]


def test_a_table_without_identifier_is_imported_by_its_whole_rows(client, campaign):
    plain = "EPCI;Vous;P2\n{epci};decision_maker;Oui\n{epci};decision_maker;Oui\n"
    chosen = {"EPCI": ":territory", "Vous": "profile", "P2": "P2", "day": "2024-03-01"}

    unsaid = choose(client, give(client, campaign, plain), **chosen)
    page = choose(client, unsaid, **chosen, by_content="on")
    confirm_values(client, page)

    assert "aucune colonne n’identifie les réponses" in unsaid.content.decode()
    report = ImportBatch.objects.get().report
    assert (2, 0) == (report["created"], report["refused"])
