"""A workstream: its lines under their headings, those of a workshop to be sorted."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jalons.roadmaps.forms import PlainForm
from jalons.roadmaps.models import Line, Workstream
from jalons.roadmaps.models.stakes import LINE_LENGTH
from jalons.roadmaps.operations import Lines

MOST_LINES = 30


def _lines_field(kind: Line.Kind, help_text: str | Promise) -> forms.CharField:
    return forms.CharField(
        label=kind.label,
        required=False,
        max_length=MOST_LINES * LINE_LENGTH,
        help_text=help_text,  # type: ignore[arg-type]
        widget=forms.Textarea({"rows": 3}),
    )


Kind = Line.Kind
DROPPED = "drop"
PARTS: dict[Line.Kind, Sequence[tuple[str, str | Promise]]] = {
    Kind.GOVERNANCE: (
        (Kind.LEADS.value, _("leads")),
        (Kind.DOES.value, _("does")),
        (Kind.INVOLVED.value, _("must be involved")),
    ),
    Kind.RESOURCES: (
        (Kind.AVAILABLE.value, _("at hand")),
        (Kind.TO_SECURE.value, _("to be found")),
    ),
}
"""What a workshop wrote without saying which: the parts that each line may have."""
HELP: dict[Line.Kind, str | Promise] = {
    Kind.LEADS: _("One per line; an actor of your table is recognised by its name."),
    Kind.OBSTACLE: _("One per line."),
}


ASKED = [one for one in Kind if one not in PARTS]


def _part_field(line: Line) -> forms.ChoiceField:
    """A line of the workshop is not typed again: its part is chosen."""
    return forms.ChoiceField(
        label=format_lazy(_("“{line}”: which part?"), line=line.text),
        choices=[
            ("", _("to be sorted")),
            *PARTS[Kind(line.kind)],
            (DROPPED, _("leave it out")),
        ],
        required=False,
    )


class WorkstreamForm(PlainForm):
    class Meta:
        model = Workstream
        fields = (
            *("title", "success", "tags", "is_transversal", "is_strategic"),
            *("is_feasible", "feasibility"),
        )
        labels = {
            "title": _("Title of this workstream"),
            "success": _("We will have succeeded if…"),
            "tags": _("Themes, separated by commas"),
        }
        help_texts = {
            "title": _("Several actions together, sharing resources."),
            "success": _("What local people will notice."),
            "feasibility": _("Means, skills, partners, law, time, acceptance."),
        }
        widgets = {
            "title": forms.Textarea({"rows": 2}),
            "success": forms.Textarea({"rows": 3}),
            "feasibility": forms.Textarea({"rows": 3}),
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        lines = list(self.instance.lines.all()) if self.instance.pk else []
        self.unsorted = {f"part-{one.pk}": one for one in lines if one.kind in PARTS}
        for name, one in self.unsorted.items():
            self.fields[name] = _part_field(one)
        self._offer_themes()
        for kind in ASKED:
            said = [one.text for one in lines if one.kind == kind]
            self.fields[kind.value] = _lines_field(kind, HELP.get(kind, ""))
            self.initial[kind.value] = "\n".join(said)
        self.order_fields(
            [
                *("title", "success", *self.unsorted, *ASKED),
                *("priority", "tags", "is_transversal"),
            ]
        )

    def _offer_themes(self) -> None:
        """The priority themes of the roadmap are ticked, never typed again."""
        known = self.instance.stake.roadmap.theme_names
        left = [one for one in known if one not in self.instance.themes]
        if left:
            self.fields["priority"] = forms.MultipleChoiceField(
                label=_("Priority themes that it serves"),
                choices=[(one, one) for one in left],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    def clean(self) -> None:
        super().clean()
        if ticked := self.cleaned_data.get("priority"):
            typed = self.cleaned_data.get("tags", "").split(",")
            tags = [one.strip() for one in typed if one.strip()]
            self.cleaned_data["tags"] = ", ".join(dict.fromkeys([*tags, *ticked]))
        for kind in ASKED:
            lines = (self.cleaned_data.get(kind.value) or "").splitlines()
            long = [rank for rank, one in enumerate(lines, 1) if len(one) > LINE_LENGTH]
            if len(lines) > MOST_LINES:
                message = gettext("More than %(n)s lines: gather some of them.")
                self.add_error(kind.value, message % {"n": MOST_LINES})
            if long:
                message = gettext("Line %(line)s is too long: cut it in two.")
                self.add_error(kind.value, message % {"line": long[0]})

    def lines(self) -> Lines:
        """What each heading holds, empty lines left out, those sorted after its own."""
        said: dict[Line.Kind, list[str]] = {kind: [] for kind in Kind}
        for kind in ASKED:
            typed = self.cleaned_data.get(kind.value, "").splitlines()
            said[kind] = [one.strip() for one in typed if one.strip()]
        for name, line in self.unsorted.items():
            part = self.cleaned_data.get(name, "")
            if part != DROPPED:
                said[Kind(part or line.kind)].append(line.text)
        return said
