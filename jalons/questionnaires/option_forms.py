"""The answers of a question, or the lines of a matrix, as rows of a form.

Rows are plain fields named `o0_fr`, `o1_fr`…; empty rows stand at the end for what is
to be added. A row keeps its code for ever: answers already given name it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _

from jalons.analysis.scoring import NONE
from jalons.questionnaires.schema import (
    DONT_KNOW,
    NOT_CONCERNED,
    Line,
    Option,
    Question,
    Text,
)

BLANK_ROWS = 2
MOST_ROWS = 60
LINE_ENDS = re.compile(r" *[\r\n]+ *")
LINE_LENGTH, LEAST_LINES, MOST_LINES = 26, 2, 6
"""An answer is read whole beside its wording in English, however long it is."""
WORDING_NAMES = ("fr", "fr_easy", "en")


class _OneLine(forms.CharField):
    """Words seen on several lines, kept on one."""

    def to_python(self, value: object) -> str:
        return LINE_ENDS.sub(" ", super().to_python(value) or "")


@dataclass(frozen=True, slots=True)
class Row:
    """One answer as the page draws it; `title` is what it said before."""

    number: int
    code: str
    title: str
    fields: tuple[forms.BoundField, ...]
    more: tuple[forms.BoundField, ...]
    is_first: bool
    is_last: bool


def _lines_for(known: Option | Line | None) -> int:
    """How many lines show an answer whole in each of its three columns."""
    texts = [known.text.fr, known.text.fr_easy, known.text.en] if known else []
    longest = max((len(text or "") for text in texts), default=0)
    return max(LEAST_LINES, min(MOST_LINES, 1 + longest // LINE_LENGTH))


class OptionRows:
    """The rows of one list, read from a form and given back as options or lines."""

    def __init__(
        self,
        form: forms.Form,
        prefix: str,
        question: Question,
        *,
        lines: bool = False,
        with_bands: bool = False,
    ) -> None:
        self.form, self.prefix, self.question = form, prefix, question
        self.known: tuple[Option | Line, ...] = (
            question.rows if lines else question.options
        )
        self.is_lines = lines
        self.has_bands = question.type == "single" and (with_bands or self._is_banded())
        self.count = self._count()
        form.fields[f"{prefix}_count"] = forms.IntegerField(
            widget=forms.HiddenInput, initial=self.count, required=False
        )
        for number in range(self.count):
            self._add(number)

    def _is_banded(self) -> bool:
        """Whether answers stand for bands of numbers."""
        return any(
            one.at_least is not None or one.below is not None
            for one in self.question.options
        )

    def _count(self) -> int:
        posted = self.form.data.get(f"{self.prefix}_count", "")
        if self.form.is_bound and str(posted).isdigit():
            return min(int(posted), MOST_ROWS)
        return min(len(self.known) + BLANK_ROWS, MOST_ROWS)

    def _add(self, number: int) -> None:
        known = self.known[number] if number < len(self.known) else None
        rows = _lines_for(known)
        for wording in WORDING_NAMES:
            field = _OneLine(
                required=False,
                max_length=1000,
                widget=forms.Textarea(attrs={"rows": rows}),
            )
            field.label = _named(wording, number + 1, is_line=self.is_lines)
            field.widget.attrs["lang"] = wording[:2]
            name = self.name(number, wording)
            self.form.fields[name] = field
            said = getattr(known.text, wording) if known else ""
            self.form.initial.setdefault(name, said or "")
        code = forms.CharField(required=False, widget=forms.HiddenInput)
        self.form.fields[self.name(number, "code")] = code
        self.form.initial.setdefault(
            self.name(number, "code"), known.code if known else ""
        )
        if isinstance(known, Option | None) and not self.is_lines:
            self._add_keys(number, known)
        if known:
            self._add_box(number, "gone", _("Remove"), ticked=False)

    def _add_keys(self, number: int, known: Option | None) -> None:
        if self.question.type == "multiple":
            ticked = bool(known and known.is_exclusive)
            self._add_box(number, "alone", _("Excludes the others"), ticked=ticked)
        if self.has_bands:
            self._add_band(number, known)
        if self.question.is_on_a_scale:
            name = self.name(number, "value")
            self.form.fields[name] = forms.IntegerField(
                required=False, min_value=-100, max_value=100, label=_("Value")
            )
            self.form.initial.setdefault(name, known.value if known else None)

    def _add_band(self, number: int, known: Option | None) -> None:
        """The numbers that an answer stands for, from one limit to the next."""
        for key, label in (("at_least", _("From")), ("below", _("to less than"))):
            name = self.name(number, key)
            self.form.fields[name] = forms.FloatField(required=False, label=label)
            value = getattr(known, key) if known else None
            self.form.initial.setdefault(name, None if value is None else f"{value:g}")

    def _add_box(self, number: int, key: str, label: str, *, ticked: bool) -> None:
        name = self.name(number, key)
        self.form.fields[name] = forms.BooleanField(required=False, label=label)
        self.form.initial.setdefault(name, ticked)

    def name(self, number: int, key: str) -> str:
        return f"{self.prefix}{number}_{key}"

    @property
    def hidden(self) -> list[forms.BoundField]:
        names = [self.name(number, "code") for number in range(self.count)]
        return [self.form[name] for name in (f"{self.prefix}_count", *names)]

    def __iter__(self) -> Iterator[Row]:
        """The rows as the page draws them."""
        for number in range(self.count):
            more = ("at_least", "below", "alone", "value", "gone")
            names = [self.name(number, key) for key in more]
            code = self.form[self.name(number, "code")].value() or ""
            yield Row(
                number=number,
                code=code,
                title=self._title(number) or code,
                fields=tuple(self.form[self.name(number, w)] for w in WORDING_NAMES),
                more=tuple(
                    self.form[name] for name in names if name in self.form.fields
                ),
                is_first=number == 0,
                is_last=number >= len(self.known) - 1,
            )

    def _title(self, number: int) -> str:
        known = self.known[number : number + 1]
        return (known[0].text.fr or "") if known else ""

    def options(self) -> tuple[Option, ...]:
        """The options typed, in order; rows left blank are not there."""
        known = {option.code: option for option in self.question.options}
        found: list[Option] = []
        for number, text, code in self._filled():
            alone = bool(self._typed(number, "alone"))
            code = code or self._new_code(
                text, {*known, *(o.code for o in found)}, alone
            )
            changes = {
                "text": text,
                "is_exclusive": alone,
                "value": self._typed(number, "value"),
            }
            if self.has_bands:
                for key in ("at_least", "below"):
                    changes[key] = self._typed(number, key)
            before = known.get(code) or Option(code=code, text=text)
            found.append(before.model_copy(update=changes))
        return tuple(found)

    def lines(self) -> tuple[Line, ...]:
        taken = {line.code for line in self.question.rows}
        found: list[Line] = []
        for _number, text, code in self._filled():
            code = code or self._new_code(
                text, {*taken, *(o.code for o in found)}, False
            )
            found.append(Line(code=code, text=text))
        return tuple(found)

    def _filled(self) -> list[tuple[int, Text, str]]:
        found = []
        for number in range(self.count):
            fr, easy, en = (str(self._typed(number, w) or "") for w in WORDING_NAMES)
            code = str(self._typed(number, "code") or "")
            if code not in {one.code for one in self.known}:
                code = ""
            if self._typed(number, "gone") or not (fr or easy or en or code):
                continue
            found.append((number, Text(fr=fr, en=en, fr_easy=easy or None), code))
        return found

    def _typed(self, number: int, key: str) -> object:
        return self.form.cleaned_data.get(self.name(number, key))

    def _new_code(self, text: Text, taken: Collection[str], alone: bool) -> str:
        """A code that is read in exports: the English words, or the French ones."""
        if alone and NONE not in taken:
            return NONE
        return code_from(text.en or text.fr, {*taken, NONE, DONT_KNOW, NOT_CONCERNED})


def code_from(words: str, taken: Collection[str]) -> str:
    """A free code made from words.

    >>> code_from("At home, alone", ["at_home_alone"])
    'at_home_alone_2'
    """
    stem = slugify(words).replace("-", "_")[:30].strip("_")
    stem = stem if stem[:1].isalpha() else f"o_{stem}".strip("_")
    code, number = stem, 2
    while code in taken:
        code, number = f"{stem}_{number}", number + 1
    return code


def moved(question: Question, prefix: str, code: str, direction: str) -> Question:
    """The question with one of its answers, or lines, one place up or down."""
    key = "rows" if prefix == "l" else "options"
    rows = list(getattr(question, key))
    codes = [row.code for row in rows]
    at = codes.index(code) if code in codes else -1
    to = at - 1 if direction == "up" else at + 1
    if at >= 0 and 0 <= to < len(rows):
        rows[at], rows[to] = rows[to], rows[at]
    return question.model_copy(update={key: tuple(rows)})


def _named(wording: str, number: int, *, is_line: bool) -> str:
    names = {
        "fr": _("Line %(n)s, in French") if is_line else _("Answer %(n)s, in French"),
        "fr_easy": _("Line %(n)s, easy to read")
        if is_line
        else _("Answer %(n)s, easy to read"),
        "en": _("Line %(n)s, in English") if is_line else _("Answer %(n)s, in English"),
    }
    return names[wording] % {"n": number}
