from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jalons.roadmaps.figures import ActionRead
from jalons.spaces.fields import Choices
from jalons.steering.models import Placing
from jalons.steering.placing import Asked, Place
from jalons.steering.priorities import Placed

AXES = ("effort", "effect")


class WaitForm(forms.Form):
    """The other actions of the roadmap, those that are not awaited already."""

    def __init__(self, *args, offered: Sequence[ActionRead], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (one.row.pk, f"{one.code} {one.row.description}"[:120]) for one in offered
        ]
        self.fields["awaited"] = forms.TypedChoiceField(
            label=_("It waits for the end of"),
            coerce=int,
            choices=[("", _("Nothing chosen")), *choices],
            error_messages={"invalid_choice": _("Choose an action of this roadmap.")},
        )


class PlacingsForm(forms.Form):
    """Effort and effect of every action; with each, where it stood for its reader."""

    def __init__(self, *args, placed: Sequence[Placed], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.placed = placed
        for one in placed:
            for rank, axis in enumerate(AXES):
                self.fields[f"{axis}-{one.action.row.pk}"] = forms.TypedChoiceField(
                    required=False,
                    coerce=int,
                    empty_value=None,
                    choices=[("", _("Not placed")), *Placing.Step.choices],
                    initial=one.place[rank] if one.place else None,
                    widget=Choices(),
                )

    @property
    def rows(self) -> list[tuple[Placed, BoundField, BoundField, str]]:
        """An action, its two fields, and where it stood."""
        return [
            (
                one,
                self[f"effort-{one.action.row.pk}"],
                self[f"effect-{one.action.row.pk}"],
                _written(one.place),
            )
            for one in self.placed
        ]

    def clean(self) -> None:
        super().clean()
        for one in self.placed:
            said = [self._said(axis, one) for axis in AXES]
            if (said[0] is None) != (said[1] is None):
                missing = AXES[said.index(None)]
                words = gettext("%(code)s: say both, or neither.")
                self.add_error(
                    f"{missing}-{one.action.row.pk}", words % {"code": one.action.code}
                )

    def asked(self) -> list[Asked]:
        return [
            Asked(
                one.action.row.pk,
                _read(self.data.get(f"was-{one.action.row.pk}", "")),
                self._place(one),
            )
            for one in self.placed
        ]

    def _said(self, axis: str, one: Placed) -> int | None:
        return self.cleaned_data.get(f"{axis}-{one.action.row.pk}")

    def _place(self, one: Placed) -> Place | None:
        effort, effect = (self._said(axis, one) for axis in AXES)
        return (effort, effect) if effort and effect else None


def _written(place: Place | None) -> str:
    return "-".join(str(one) for one in place) if place else ""


def _read(written: str) -> Place | None:
    """What `_written` wrote; anything else is nowhere."""
    effort, _dash, effect = written.partition("-")
    if effort.isdecimal() and effect.isdecimal():
        return int(effort), int(effect)
    return None
