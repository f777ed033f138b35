"""What a reader of the cockpit keeps of it, as a plain address: `?departement=24&…`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from jalons.network.cockpit import Cockpit, Row
from jalons.network.models import FollowUp
from jalons.network.words import LEVELS

NO, UNKNOWN = "non", "inconnu"
SILENT_DAYS = {"6": 183, "12": 365}


class Filters(forms.Form):
    """Each filter keeps the territories that answer to it; all of them together."""

    departement = forms.ChoiceField(label=_("Département"), required=False)
    classe = forms.ChoiceField(label=_("Level of progress"), required=False)
    vulnerabilite = forms.ChoiceField(label=_("Vulnerability"), required=False)
    indice = forms.ChoiceField(
        label=_("Fragility by the index"),
        required=False,
        choices=(
            ("", _("All")),
            ("oui", _("among the most fragile third")),
            (NO, _("not among them")),
            (UNKNOWN, _("unknown")),
        ),
    )
    volet = forms.ChoiceField(
        label=_("Inclusion strand"),
        required=False,
        choices=(
            ("", _("All")),
            *FollowUp.Strand.choices,
            (UNKNOWN, _("unknown")),
        ),
    )
    etape = forms.ChoiceField(
        label=_("Roadmap"),
        required=False,
        choices=(
            ("", _("All")),
            ("oui", _("shared with you")),
            (NO, _("none shared with you")),
            ("postes", _("with posts that end within six months")),
        ),
    )
    silence = forms.ChoiceField(
        label=_("Last contact"),
        required=False,
        choices=(
            ("", _("All")),
            ("6", _("none for six months")),
            ("12", _("none for a year")),
            ("retard", _("something promised is late")),
        ),
    )
    liste = forms.ChoiceField(
        label=_("List"),
        required=False,
        choices=(
            ("", _("All")),
            ("cibles", _("to support first")),
            ("fragiles", _("called fragile by you")),
        ),
    )

    def __init__(self, data: Any, cockpit: Cockpit) -> None:
        super().__init__(data)
        self.cockpit = cockpit
        every = ("", _("All"))
        words = cockpit.survey.words.state if cockpit.survey else str
        self._offer(
            "departement", every, *((d.code, d.name) for d in cockpit.departements)
        )
        classes = ((code, words(code)) for code in cockpit.classes)
        self._offer("classe", every, *classes, (UNKNOWN, _("no answer")))
        self._offer("vulnerabilite", every, *LEVELS.items(), (UNKNOWN, _("unknown")))

    def _offer(self, name: str, *choices: tuple[str, Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @property
    def chosen(self) -> dict[str, str]:
        """What was chosen and can be read; an old or a mistyped address opens."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def query(self) -> str:
        """The same choices, always written in one way."""
        return urlencode(self.chosen)

    def kept(self) -> list[Row]:
        """The territories that answer to every choice, still in alphabetical order."""
        chosen = self.chosen
        return [one for one in self.cockpit.rows if all(self._tests(one, chosen))]

    def _tests(self, row: Row, chosen: dict[str, str]) -> Iterator[bool]:
        for name, value in chosen.items():
            yield getattr(self, f"_is_{name}")(row, value)

    def _is_departement(self, row: Row, value: str) -> bool:
        return row.departement is not None and row.departement.code == value

    def _is_classe(self, row: Row, value: str) -> bool:
        return (row.class_code or UNKNOWN) == value

    def _is_vulnerabilite(self, row: Row, value: str) -> bool:
        return (row.vulnerability or UNKNOWN) == value

    def _is_indice(self, row: Row, value: str) -> bool:
        if row.rank is None:
            return value == UNKNOWN
        return value == ("oui" if row.is_fragile else NO)

    def _is_volet(self, row: Row, value: str) -> bool:
        return (row.strand or UNKNOWN) == value

    def _is_etape(self, row: Row, value: str) -> bool:
        if value == "postes":
            return row.posts_ending > 0
        return bool(row.progress) == (value == "oui")

    def _is_silence(self, row: Row, value: str) -> bool:
        today = self.cockpit.today
        if value == "retard":
            return any(one.is_late(on=today) for one in row.pending)
        return _is_silent(row, today - timedelta(days=SILENT_DAYS[value]))

    def _is_liste(self, row: Row, value: str) -> bool:
        if value == "cibles":
            return row.is_target(self.cockpit.classes)
        return row.is_flagged


def _is_silent(row: Row, since: date) -> bool:
    return row.last is None or row.last.day < since
