from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jalons.imports.figures import GivenWeight
from jalons.questionnaires.class_limits import written
from jalons.surveys.models import Campaign
from jalons.tabulations.classed import base_of, own_limits
from jalons.tabulations.models import Code, CodeBook
from jalons.tabulations.operations import Line
from jalons.tabulations.own_classes import FIELD
from jalons.tabulations.query import AXES, CARRIED, FILE, Query, TypedMargin
from jalons.tabulations.variables import GROUPS, OF_TERRITORY, Variable

LONGEST_LABEL = 90
MOST_IN_EXAMPLE = 6
"""Categories of the question that shows how shares are typed: more are a list."""
OPENED = "filtrer"
"""In the address, the variable whose choices the form shows."""
OPEN_TYPES = ("short_text", "long_text")


@dataclass(frozen=True, slots=True)
class Choice:
    code: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Heading:
    """Choices of one group in a list."""

    title: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """The field where a number is cut into classes."""

    name: str
    title: str
    typed: str


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists of the desk, with what the address chose in each."""

    variables: Sequence[Variable]
    query: Query | None
    data: QueryDict
    given: Sequence[GivenWeight] = ()
    has_unnumbered: bool = False

    @property
    def rows(self) -> list[Heading]:
        return self._variables(self._chosen(0))

    @property
    def columns(self) -> list[Heading]:
        return self._variables(self._chosen(1))

    @property
    def layers(self) -> list[Heading]:
        return self._variables(self._chosen(2))

    def _chosen(self, axis: int) -> str:
        """The variable of an axis, under the name the query gives it once read."""
        if self.query is None:
            return self.data.get(AXES[axis], "")
        return (self.query.rows, self.query.columns, self.query.layers)[axis]

    @property
    def limits(self) -> list[Limits]:
        """The numbers that may be cut otherwise, with the limits given."""
        used = {
            base_of(code): own_limits(code)
            for code in map(self._chosen, range(len(AXES)))
        }
        found = []
        for one in self.variables:
            if one.takes_limits:
                kept = used.get(one.code) or ()
                name = f"{FIELD}{one.code}"
                typed = self.data.get(name, written(kept))
                found.append(Limits(name, _short(one.title), typed))
        return found

    @property
    def filters(self) -> list[Heading]:
        """The variables that filter, and the one whose choices are asked for."""
        chosen = self.data.getlist("filtre")
        asked = {code.partition(":")[0] for code in chosen}
        asked.add(self.data.get(OPENED, ""))
        return [
            Heading(
                _short(one.title),
                tuple(
                    Choice(f"{one.code}:{code}", label, f"{one.code}:{code}" in chosen)
                    for code, label in one.categories.items()
                ),
            )
            for one in self.variables
            if one.code in asked
        ]

    @property
    def may_filter(self) -> list[Choice]:
        """Every variable that has choices to keep."""
        return [
            Choice(one.code, _short(one.title), False)
            for one in self.variables
            if one.categories
        ]

    @property
    def margins(self) -> list[Choice]:
        chosen = self.data.getlist("caler")
        units = {
            "epci": _("%(variable)s, by number of EPCI"),
            "habitants": _("%(variable)s, by inhabitants"),
        }
        return [
            Choice(code, units[unit] % {"variable": one.title}, code in chosen)
            for one in self.variables
            if one.code in OF_TERRITORY
            for unit in CARRIED
            if (code := f"{one.code}:{unit}")
        ]

    @property
    def typed(self) -> str:
        return self.data.get("marges", "")

    @property
    def example(self) -> str:
        """Shares of a question of this survey, as they may be typed; or nothing."""
        for one in self.variables:
            codes = list(one.categories)
            is_plain = one.group == "question" and not one.takes_limits
            if is_plain and not one.is_multiple and 2 <= len(codes) <= MOST_IN_EXAMPLE:
                share, rest = divmod(100, len(codes))
                shares = [share + (at < rest) for at in range(len(codes))]
                typed = TypedMargin(one.code, tuple(zip(codes, shares, strict=True)))
                return typed.line
        return ""

    @property
    def is_given(self) -> bool:
        return any(self.data.getlist("ponderer"))

    @property
    def weights(self) -> list[Choice]:
        """The files that gave weights; the only one needs no number.

        Weights recorded before files were numbered are taken with all the others.
        """
        chosen = self.data.getlist("ponderer")
        label = _("Column “%(column)s” of “%(file)s”: %(source)s")
        is_alone, found = len(self.given) == 1, []
        has_all = self.has_unnumbered and not is_alone
        if has_all:
            every = _("All the weights given, whichever their file")
            found.append(Choice(FILE, every, FILE in chosen))
        for one in self.given:
            words = {
                "column": one.column,
                "file": one.file_name,
                "source": one.source,
            }
            numbered = f"{FILE}-{one.number}"
            is_chosen = numbered in chosen or (FILE in chosen and not has_all)
            code = FILE if is_alone else numbered
            found.append(Choice(code, label % words, is_chosen))
        return found

    @property
    def is_trimmed(self) -> bool:
        return self.data.get("ecreter") == "1"

    @property
    def has_more(self) -> bool:
        """Whether filters or weights are in use: they are then shown at once."""
        names = ("filtre", OPENED, "caler", "marges", "ponderer", "ecreter")
        has_limits = any(one.typed for one in self.limits)
        return has_limits or any(self.data.get(name) for name in names)

    def _variables(self, chosen: str) -> list[Heading]:
        return [
            Heading(
                str(title),
                tuple(
                    Choice(one.code, _short(one.title), one.code == chosen)
                    for one in self.variables
                    if one.group == group
                ),
            )
            for group, title in GROUPS.items()
        ]


def _short(title: str) -> str:
    return title if len(title) <= LONGEST_LABEL else f"{title[: LONGEST_LABEL - 1]}…"


class KeepForm(forms.Form):
    """The title of a table to keep; its address travels in the page's own."""

    title = forms.CharField(label=gettext_lazy("Title of the table"), max_length=200)


class CodesField(forms.CharField):
    """Codes, one a line: a name, and after a colon, when it applies."""

    widget = forms.Textarea

    def clean(self, value: object) -> list[Line]:
        lines = list(_lines(super().clean(value)))
        labels = [line.label for line in lines]
        for number, line in enumerate(lines, start=1):
            longest = Code._meta.get_field("label").max_length or 0
            if len(line.label) > longest:
                raise ValidationError(
                    _("Line %(line)s: shorten the name of the code (%(most)s letters).")
                    % {"line": number, "most": longest}
                )
            if labels.count(line.label) > 1:
                raise ValidationError(
                    _("Line %(line)s: the code “%(label)s” is there twice.")
                    % {"line": number, "label": line.label}
                )
        return lines


def _lines(text: str) -> Iterator[Line]:
    for line in text.splitlines():
        label, _colon, definition = line.partition(":")
        if label.strip():
            yield Line(label.strip(), definition.strip()[:300])


CODES_HELP = gettext_lazy(
    "One code a line: its name, then after a colon, when it applies. For instance: "
    "Means: lack of time, people or money."
)


class CodesForm(forms.Form):
    codes = CodesField(label=gettext_lazy("Codes"), help_text=CODES_HELP)


class BookForm(CodesForm):
    """A new code book, on one of the open questions."""

    question = forms.ChoiceField(label=gettext_lazy("Open question"))
    title = forms.CharField(
        label=gettext_lazy("Title of the code book"), max_length=120
    )
    field_order = ("question", "title", "codes")

    def __init__(
        self, data: QueryDict | None, campaign: Campaign, language: str
    ) -> None:
        super().__init__(data)
        self.campaign = campaign
        field = self.fields["question"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (one.code, one.text.in_language(language))
            for one in campaign.version.read().questions
            if one.type in OPEN_TYPES and not one.is_personal
        ]

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"]
        if CodeBook.objects.filter(campaign=self.campaign, title=title).exists():
            raise ValidationError(
                _("A code book of this survey has this title already.")
            )
        return title
