from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from jalons.accounts.forms import plain_name
from jalons.actors.vocabulary import choices, read_vocabulary
from jalons.documents.fields import HOW_TO_WRITE, Written
from jalons.meetings.forms import plain
from jalons.workshops.definitions import one_line, read_run_sheets
from jalons.workshops.marks import MOST_DOTS
from jalons.workshops.models import (
    ALIAS_LENGTH,
    IDEA_LENGTH,
    TABLE_LENGTH,
    Activity,
    Minutes,
    Table,
)
from jalons.workshops.seating import MOST_TABLES

MOST_OPTIONS = 30
MOST_SAID = 8000
PARTS = ("said", "left")
BREAKING = str.maketrans({"\u00a0": " ", "\u202f": " "})
# What each kind of activity asks besides; an activity keeps its kind.
ONLY_FOR = {
    "form": ("poll",),
    "asks_again": ("poll",),
    "options": ("poll", "dots", "matrix", "workstreams", "resources"),
    "dots": ("dots",),
    "dots_cap": ("dots",),
    "has_factors": ("wall",),
    "top": ("wall",),
    "is_cut_at_midpoint": ("matrix",),
    "order": ("matrix",),
}


OPTIONS_LABEL = {
    "workstreams": _("Stakes, one a line"),
}
OPTIONS_HELP = {
    "matrix": _("Leave empty to carry the ideas of a wall."),
    "workstreams": _("The stakes, worded as questions: “How…?”"),
    "resources": _("What stands in the centre of the map."),
}


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea({"rows": rows})


class SheetForm(forms.Form):
    """With which run-sheet to begin."""

    sheet = forms.ChoiceField(
        label=_("Which run-sheet do you begin with?"), widget=forms.RadioSelect
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["sheet"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (code, f"{one} · {one.about}") for code, one in read_run_sheets().items()
        ]


class JoinForm(forms.Form):
    """The whole of what is asked of a participant."""

    alias = forms.CharField(
        label=_("Your first name, or a pseudonym"),
        max_length=ALIAS_LENGTH,
        widget=forms.TextInput({"autocomplete": "given-name"}),
    )
    family = forms.ChoiceField(label=_("You come as"), required=False)

    def __init__(self, *args, tables: Sequence[Table] = (), **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if tables:
            self._offer(tables)
        field = self.fields["family"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", _("I would rather not say")),
            *choices(read_vocabulary().families),
        ]

    def _offer(self, tables: Sequence[Table]) -> None:
        found = Table.objects.filter(pk__in=[one.pk for one in tables])
        self.fields["table"] = forms.ModelChoiceField(
            found,
            label=_("Your table"),
            required=False,
            empty_label=_("I do not know yet"),
        )

    def clean_alias(self) -> str:
        alias = plain(self.cleaned_data["alias"])
        plain_name(alias)
        return alias


class TablesForm(forms.Form):
    """The tables of a workshop, one a line."""

    titles = forms.CharField(
        label=_("The tables, one a line"),
        widget=forms.Textarea({"rows": 4}),
        help_text=_("For example “Table 1”, or the stake that the table works on."),
    )

    def clean_titles(self) -> list[str]:
        lines = [plain(one) for one in self.cleaned_data["titles"].splitlines()]
        titles = list(dict.fromkeys(one for one in lines if one))
        if len(titles) > MOST_TABLES:
            raise ValidationError(_("Twenty tables at most."))
        if any(len(one) > TABLE_LENGTH for one in titles):
            raise ValidationError(_("A name is too long: 80 characters at most."))
        return titles


class PersonForm(JoinForm):
    """Somebody without a telephone, entered by somebody else."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["alias"].label = _("Their first name, or a pseudonym")
        self.fields["family"].label = _("They come as")


class ActivityForm(forms.ModelForm):
    """An activity of the run-sheet, whose kind is chosen already: it asks no more.

    Options are written one a line, where people choose.
    """

    options = forms.CharField(
        label=_("Options, one a line"),
        required=False,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("An option removed is set aside with its votes, not erased."),
    )

    class Meta:
        model = Activity
        fields = (
            "title",
            "question",
            "instructions",
            "minutes",
            "form",
            "asks_again",
            "options",
            "dots",
            "dots_cap",
            "has_factors",
            "top",
            "is_cut_at_midpoint",
            "order",
            "notes",
        )
        labels = {
            "title": _("Title"),
            "question": _("Question put to everybody"),
            "instructions": _("Instructions shown to everybody"),
            "minutes": _("Duration, in minutes"),
            "form": _("Form of the answer"),
            "asks_again": _("If it is a scale: which earlier one does it repeat?"),
            "dots": _("How many dots each person has"),
            "dots_cap": _("How many dots at most on one option"),
            "has_factors": _("Ask for the category, change or inertia"),
            "top": _("How many ideas the room is shown, 0 for all"),
            "is_cut_at_midpoint": _("Cut the axes at the middle of the scale, 3"),
            "order": _("Order of the table"),
            "notes": _("Your private notes, shown to facilitators only"),
        }
        widgets = {
            "instructions": forms.Textarea({"rows": 2}),
            "notes": forms.Textarea({"rows": 2}),
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, kinds in ONLY_FOR.items():
            if self.instance.kind not in kinds:
                del self.fields[name]
        if self.instance.kind in OPTIONS_HELP:
            self.fields["options"].help_text = OPTIONS_HELP[self.instance.kind]
        if self.instance.kind in OPTIONS_LABEL:
            self.fields["options"].label = OPTIONS_LABEL[self.instance.kind]
        if self.instance.pk:
            texts = self.instance.items.filter(set_aside_at=None, stake=None).in_order()
            if self.instance.map:
                texts = self.instance.map.centres.standing().in_order()
            self.initial["options"] = "\n".join(one.text for one in texts)
        if "asks_again" in self.fields:
            self._offer_scales()

    def _offer_scales(self) -> None:
        field = self.fields["asks_again"]
        assert isinstance(field, forms.ModelChoiceField)
        scales = self.instance.workshop.activities.filter(
            kind="poll", form=Activity.Form.SCALE, asks_again=None
        )
        field.queryset = scales.exclude(pk=self.instance.pk)
        field.empty_label = _("None")

    def clean(self) -> None:
        """A change is read on one question, put twice in the same words."""
        super().clean()
        said = self.cleaned_data
        first = said.get("asks_again")
        if first is None:
            return
        if said.get("form") != Activity.Form.SCALE:
            self.add_error("asks_again", _("Only a scale puts a scale again."))
        elif one_line(said.get("question", "")) != one_line(first.question):
            words = {"question": first.question}
            asked = _("Put the same question, word for word: “%(question)s”.")
            self.add_error("question", asked % words)

    def clean_title(self) -> str:
        return self._plain("title")

    def clean_question(self) -> str:
        return self._plain("question")

    def clean_instructions(self) -> str:
        return self._plain("instructions")

    def _plain(self, name: str) -> str:
        """A text that nobody changed keeps its no-break spaces, which a form loses."""
        said, before = plain(self.cleaned_data[name]), self.initial.get(name, "")
        return before if before.translate(BREAKING) == said else said

    def clean_minutes(self) -> int:
        minutes: int = self.cleaned_data["minutes"]
        if not 1 <= minutes <= 480:
            raise ValidationError(_("Between 1 minute and 8 hours."))
        return minutes

    def clean_top(self) -> int:
        return _between(self.cleaned_data["top"], 0, 100)

    def clean_dots(self) -> int:
        return _between(self.cleaned_data["dots"], 1, MOST_DOTS)

    def clean_dots_cap(self) -> int:
        return _between(self.cleaned_data["dots_cap"], 1, MOST_DOTS)

    def clean_options(self) -> list[str]:
        """A line already there is kept as people wrote it: new ones are checked."""
        lines = [one_line(one) for one in self.cleaned_data["options"].splitlines()]
        options = [one for one in lines if one]
        known = set()
        if self.instance.pk:
            texts = self.instance.items.values_list("text", flat=True)
            known = {one_line(one) for one in texts}
        if self.instance.map:
            centres = self.instance.map.centres.values_list("text", flat=True)
            known |= {one_line(one) for one in centres}
        new = [plain(one) for one in options if one not in known]
        if len(new) > MOST_OPTIONS:
            raise ValidationError(_("Thirty options at most: gather some of them."))
        if any(len(one) > IDEA_LENGTH for one in options):
            raise ValidationError(_("An option is too long: 280 characters at most."))
        return options


def _between(value: int, low: int, high: int) -> int:
    if not low <= value <= high:
        words = {"low": low, "high": high}
        raise ValidationError(_("From %(low)s to %(high)s.") % words)
    return value


class MinutesForm(forms.Form):
    """Every text of the minutes, and which activities they leave out."""

    HOW_TO_WRITE = HOW_TO_WRITE
    CHANGED = _(
        "Somebody changed the minutes meanwhile: open them in another window, and put "
        "together what you wrote here."
    )

    opening = Written(
        label=_("What it was for, and how it went"),
        required=False,
        widget=_area(5),
    )
    decisions = Written(
        label=_("Decisions, one a line"), required=False, widget=_area(5)
    )
    next_steps = Written(
        label=_("Next steps, one a line: what, who, when"),
        required=False,
        widget=_area(6),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, minutes: Minutes, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.activities = list(minutes.workshop.activities.all())
        for name in ("opening", "decisions", "next_steps", "version"):
            self.fields[name].initial = getattr(minutes, name)
        said = {one.activity_id: one for one in minutes.remarks.all()}
        for one in self.activities:
            known = said.get(one.pk)
            self.fields[f"said-{one.pk}"] = Written(
                label=_("%(title)s: what was said") % {"title": one.title},
                required=False,
                widget=_area(3),
                initial=known.text if known else "",
                max_length=MOST_SAID,
            )
            self.fields[f"left-{one.pk}"] = forms.BooleanField(
                label=_("Leave the results of “%(title)s” out") % {"title": one.title},
                required=False,
                initial=known.is_left_out if known else False,
            )
        self.order_fields(
            [
                "opening",
                *(f"{name}-{one.pk}" for one in self.activities for name in PARTS),
                "decisions",
                "next_steps",
            ]
        )
        for name in ("opening", "decisions", "next_steps"):
            self.fields[name].validators.append(MaxLengthValidator(MOST_SAID))

    def remarks(self) -> dict[Activity, tuple[str, bool]]:
        said = self.cleaned_data
        return {
            one: (said[f"said-{one.pk}"], said[f"left-{one.pk}"])
            for one in self.activities
        }
