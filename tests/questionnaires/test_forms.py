"""One page as a form: native controls, tied to their help, usable without a script."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from jalons.questionnaires.forms import section_form
from tests.questionnaires.samples import maturity, sample

TERRITORIES = (
    ("Dordogne", (("200040392", "CA Le Grand Périgueux"),)),
    ("Gironde", (("243300316", "Bordeaux Métropole"),)),
)


def form_of(
    definition, section, answers=None, posted=None, territories=TERRITORIES, **wording
):
    data = QueryDict(posted) if posted is not None else None
    return section_form(
        definition,
        definition.section(section),
        answers or {},
        language=wording.get("language", "fr"),
        easy=wording.get("easy", False),
        data=data,
        territories=territories,
    )


class Page(HTMLParser):
    """The tags of a page with their attributes."""

    def __init__(self, form):
        super().__init__()
        self.tags = []
        for shown in form.questions:
            self.feed(
                render_to_string("questionnaires/_question.html", {"shown": shown})
            )

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def all(self, tag, **attributes):
        return [
            found
            for name, found in self.tags
            if name == tag and attributes.items() <= found.items()
        ]


@pytest.mark.parametrize("section", [s.code for s in maturity().sections])
@pytest.mark.parametrize("posted", [None, "contact=x&action_contact=x&R3_exact=x"])
def test_every_control_is_labelled_and_its_notes_exist(section, posted):
    page = Page(form_of(maturity(), section, {"R3": "from_1"}, posted))

    ids = {attrs["id"] for _tag, attrs in page.tags if "id" in attrs}
    labelled = {attrs["for"] for attrs in page.all("label")}
    controls = [a for t, a in page.tags if t in ("input", "select", "textarea")]
    described = [
        a["aria-describedby"] for _t, a in page.tags if "aria-describedby" in a
    ]
    assert controls
    assert {attrs["id"] for attrs in controls} == labelled
    assert len(page.all("fieldset")) == len(page.all("legend"))
    assert {one for names in described for one in names.split()} <= ids
    assert len(ids) == sum("id" in attrs for _tag, attrs in page.tags)


def test_choices_are_native_radios_and_boxes_in_a_group():
    page = Page(form_of(maturity(), "political"))

    assert len(page.all("input", type="radio", name="P2")) == 3
    assert len(page.all("input", type="checkbox", name="P3")) == 6
    assert page.all("fieldset", id="q-P3")[0]["aria-describedby"] == "q-P3_helptext"
    assert not any("required" in attrs for _tag, attrs in page.tags)


def test_territories_are_a_list_by_heading():
    page = Page(form_of(maturity(), "respondent"))

    assert len(page.all("optgroup")) == 2
    assert len(page.all("option")) == 3


def test_the_page_is_read_in_its_wording():
    easy = form_of(maturity(), "political", easy=True).questions[2]
    english = form_of(maturity(), "political", language="en").questions[2]

    assert easy.field.label.startswith("Est-ce qu’un élu")
    assert english.field.label.startswith("Is the digital question")


def test_good_answers_are_kept_with_those_of_other_pages():
    form = form_of(
        sample(), "points", {"profile": "staff"}, "P2=yes&P3=delegate&P3=budget"
    )

    assert form.is_valid()
    assert form.answers == {
        "profile": "staff",
        "P2": "yes",
        "P3": ["delegate", "budget"],
    }


def test_a_conditional_question_of_the_page_says_when_to_fill_it_in():
    shown = form_of(maturity(), "political").questions[3]

    assert (
        shown.note
        == "Seulement si vous avez répondu «\u00a0Oui\u00a0» ci-dessus\u00a0:"
    )
    assert (shown.follows, shown.any_of) == ("P2", "yes")


def test_a_conditional_question_of_the_page_is_ignored_when_not_asked():
    form = form_of(sample(), "points", posted="P2=no&P3=budget&P3=none")

    assert form.is_valid()
    assert form.answers == {"P2": "no"}


def test_a_conditional_question_is_drawn_only_if_a_page_before_asks_for_it():
    without = form_of(maturity(), "in_charge", {"R1": "no"})
    shown = form_of(maturity(), "in_charge", {"R1": "planned"})

    assert "body" not in without.fields
    assert "body" in shown.fields


def test_the_list_depends_on_the_profile():
    form = form_of(sample(), "rest", {"profile": "staff"})

    choices = [code for code, _text in form.fields["difficulties"].widget.choices]

    assert choices == ["network", "time", "tools"]


def test_changing_the_profile_drops_what_is_no_longer_offered():
    before = {"profile": "elected", "difficulties": ["funding", "time"]}

    form = form_of(sample(), "who", before, "profile=staff")

    assert form.is_valid()
    assert form.answers == {"profile": "staff", "difficulties": ["time"]}


def test_a_wrong_value_is_told_beside_it_and_the_others_are_kept():
    posted = "difficulties=time&difficulties=tools&difficulties=funding&fte=2,5"

    form = form_of(sample(), "rest", posted=posted)

    assert not form.is_valid()
    assert list(form.errors) == ["difficulties"]
    assert form.answers == {"fte": 2.5}
    page = Page(form)
    assert page.all("p", **{"class": "error", "id": "q-difficulties_error"})


def test_a_number_is_shown_as_it_is_typed():
    page = Page(form_of(sample(), "rest", {"fte": 1.5}))

    (field,) = page.all("input", name="fte")
    assert field["value"] == "1,5"
    assert field["inputmode"] == "decimal"


def test_a_required_question_left_blank_is_asked_for():
    form = form_of(sample(), "who", posted="")

    assert not form.is_valid()
    assert form.errors["profile"] == ["Choisissez une réponse."]


def test_emptying_an_answer_removes_it():
    form = form_of(sample(), "rest", {"fte": 2, "difficulties": ["time"]}, "fte=")

    assert form.is_valid()
    assert form.answers == {}


def test_a_territory_outside_the_survey_is_refused():
    chosen = form_of(sample(), "rest", posted="place=200040392")
    forged = form_of(sample(), "rest", posted="place=999999999")

    assert chosen.is_valid()
    assert not forged.is_valid()


def test_a_contact_needs_its_box_ticked():
    agreed = form_of(sample(), "rest", posted="email=a@b.fr&email_consent=on")
    silent = form_of(sample(), "rest", posted="email=a@b.fr")

    assert agreed.is_valid()
    assert agreed.answers["email_consent"] == "yes"
    assert not silent.is_valid()
    assert "email" not in silent.answers


def test_what_was_typed_cannot_become_markup():
    form = form_of(sample(), "rest", posted="quote=<script>&fte=<b>")
    form.is_valid()

    page = Page(form)

    assert not page.all("script")
    assert not page.all("b")


def test_mistakes_are_listed_at_the_top_with_links():
    form = form_of(sample(), "rest", posted="fte=beaucoup")

    html = render_to_string("questionnaires/_problems.html", {"form": form})

    assert 'href="#q-fte"' in html
    assert "Combien" in html
