"""A questionnaire on paper: the same questions, conditions in words, notice first."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.documents.paper import Grid, PaperForm, PaperQuestion, PaperSection
from jalons.documents.words import date_format
from jalons.questionnaires.definitions import (
    Definition,
    Question,
    Section,
    ShowIf,
    Text,
)
from jalons.questionnaires.numbering import numbers_of
from jalons.questionnaires.values import shown_number
from jalons.surveys.models import Campaign

LINES = {"long_text": 6, "short_text": 2, "territory": 2, "number": 1, "date": 1}
"""Lines to write on, by type of question; others are ticked."""
LANGUAGE = "fr"


class _Writer:
    """The words of one questionnaire, and the number of each question."""

    def __init__(self, definition: Definition, *, is_easy: bool) -> None:
        self.definition, self.is_easy = definition, is_easy
        self.numbers = numbers_of(definition)

    def say(self, text: Text | None) -> str:
        return text.in_language(LANGUAGE, self.is_easy) if text else ""

    def section(self, section: Section) -> PaperSection:
        return PaperSection(
            title=self.say(section.title),
            intro=self.say(section.intro),
            questions=tuple(map(self.question, section.questions)),
            condition=self._condition(section.show_if),
        )

    def question(self, question: Question) -> PaperQuestion:
        is_grid = question.type == "matrix"
        options = tuple(self._options(question))
        rows = tuple(self.say(row.text) for row in question.rows)
        unit = f" ({self.say(question.unit)})" if question.unit else ""
        return PaperQuestion(
            number=self.numbers[question.code],
            text=self.say(question.text) + unit,
            hint=" ".join(filter(None, self._hints(question))),
            condition=self._condition(question.show_if),
            options=() if is_grid else options,
            grid=Grid(rows, options) if is_grid else None,
            line_count=0 if question.has_options else LINES.get(question.type, 2),
            consent=self.say(question.consent),
        )

    def _options(self, question: Question) -> Iterator[str]:
        profiles = self.definition.with_role("profile")
        names = {o.code: self.say(o.text) for o in profiles.options} if profiles else {}
        for option in question.options:
            text = self.say(option.text)
            if option.profiles:
                only = ", ".join(names.get(code, code) for code in option.profiles)
                text = _("%(option)s (only for: %(profiles)s)") % {
                    "option": text,
                    "profiles": only,
                }
            yield text
        if question.allows_not_concerned:
            yield _("Not concerned")
        if question.allows_dont_know:
            yield _("I do not know")

    def _hints(self, question: Question) -> Iterator[str]:
        if question.help:
            yield self.say(question.help)
        if question.type in ("single", "scale"):
            yield _("Tick one box.")
        elif question.type == "multiple" and question.max_choices:
            yield _("Tick %(n)d boxes at most.") % {"n": question.max_choices}
        elif question.type == "multiple":
            yield _("Tick every box that applies.")
        elif question.type == "ranking":
            yield _("Write 1, 2, 3… in the boxes, 1 for the first.")
            if question.max_choices and question.max_choices < len(question.options):
                yield ngettext(
                    "Rank %(n)d answer at most.",
                    "Rank %(n)d answers at most.",
                    question.max_choices,
                ) % {"n": question.max_choices}
        elif question.type == "matrix":
            yield _("Tick one box on each line.")
        elif question.type == "date":
            yield _("Day, month, year.")
            yield _between_days(question)
        elif question.type == "number":
            yield _between_numbers(question)

    def _condition(self, condition: ShowIf | None) -> str:
        """When to leave blank what follows, by the numbers printed."""
        before = self.definition.question(condition.question) if condition else None
        if condition is None or before is None:
            return ""
        texts = [
            _("“%(answer)s”") % {"answer": self.say(option.text)}
            for option in before.options
            if option.code in condition.any_of
        ]
        told = {
            "number": self.numbers[before.code],
            "answers": _(" or ").join(texts),
        }
        return _("Only if you answered %(answers)s to question %(number)s.") % told


def _between_days(question: Question) -> str:
    """The first and the last day that answer, when the questionnaire sets them."""
    days = (question.earliest, question.latest)
    low, high = (date_format(day, "DATE_FORMAT") if day else "" for day in days)
    if low and high:
        return _("Between %(low)s and %(high)s.") % {"low": low, "high": high}
    if low:
        return _("Not before %(low)s.") % {"low": low}
    return _("Not after %(high)s.") % {"high": high} if high else ""


def _between_numbers(question: Question) -> str:
    low, high = (
        None if number is None else shown_number(number, LANGUAGE)
        for number in (question.minimum, question.maximum)
    )
    if low and high:
        return _("From %(low)s to %(high)s.") % {"low": low, "high": high}
    if low:
        return _("At least %(low)s.") % {"low": low}
    return _("At most %(high)s.") % {"high": high} if high else ""


def online_path(campaign: Campaign) -> str:
    return reverse("surveys:notice", args=[campaign.slug])


def paper_form(campaign: Campaign, *, address: str, is_easy: bool) -> PaperForm:
    """The questionnaire of a survey, in French: the language it is filled in."""
    with translation.override(LANGUAGE):
        return _paper_form(campaign, address, is_easy)


def _paper_form(campaign: Campaign, address: str, is_easy: bool) -> PaperForm:
    definition = campaign.version.read()
    writer = _Writer(definition, is_easy=is_easy)
    last_day = date_format(campaign.closes_on, "j F Y")
    return PaperForm(
        title=campaign.title,
        sponsor=campaign.sponsor,
        language=LANGUAGE,
        lead=writer.say(definition.description),
        notice_title=_("What will become of your answer?"),
        notice=tuple(_notice(campaign)),
        return_title=_("Where to return this sheet"),
        return_words=_("%(sponsor)s, before %(date)s.\n%(rights)s")
        % {
            "sponsor": campaign.sponsor,
            "date": last_day,
            "rights": campaign.notice_rights,
        },
        address=address,
        address_words=_("You may also answer online:"),
        sheet_label=_("Sheet number (written by the team):"),
        page_words=_("page {page} of {pages}"),
        sections=tuple(writer.section(one) for one in definition.sections),
        watermark=_("SIMULATED") if campaign.is_simulated else "",
    )


def _published(campaign: Campaign) -> str:
    """What is announced; a level is that of an institution, never of inhabitants."""
    if campaign.is_of_inhabitants:
        return str(campaign.notice_publication)
    if campaign.notice_announces_class:
        of_class = _(
            "The level of your inter-municipality may be published, once it has "
            "validated its answer."
        )
    else:
        of_class = _("The level of your inter-municipality will not be published.")
    return f"{campaign.notice_publication} {of_class}"


def _notice(campaign: Campaign) -> Iterator[tuple[str, str]]:
    yield _("Why we ask"), campaign.notice_purpose
    yield _("What will be published"), _published(campaign)
    yield (
        _("Who reads your answer"),
        _(
            "The team of the survey, which keys it. No name is asked: your answer is "
            "confidential, not anonymous."
        ),
    )
    yield _("Legal basis"), campaign.notice_legal_basis
    kept = _("Your answer is kept until %(date)s, then erased.") % {
        "date": date_format(campaign.answers_kept_until, "DATE_FORMAT")
    }
    yield _("How long answers are kept"), f"{kept} {campaign.notice_retention}".strip()
