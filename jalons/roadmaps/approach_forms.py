"""The sheet of a roadmap: begun with what is known of the space already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jalons.actors.from_directory import Candidate, actor_of, candidates
from jalons.actors.models import Actor, Lead, Post, key_of
from jalons.roadmaps.forms import PlainForm
from jalons.roadmaps.models import Roadmap
from jalons.spaces.fields import Day
from jalons.spaces.models import Space
from jalons.territories.models import Territory
from jalons.territories.naming import Ambiguous, Places, UnknownPlace

MOST_TERRITORIES = 300
MOST_PROPOSED = 12
"""Organisations of the directory offered: a list read in half a minute."""
LEAD_LENGTH = 200
A_YEAR = timedelta(days=365)


class TerritoriesField(forms.CharField):
    """Territories written one a line: a name of the region, or a code.

    `known` are those that need no search: the ones already chosen, by name.
    """

    around: Territory | None = None
    known: dict[str, str] = {}

    def clean(self, value: str) -> list[Territory]:
        lines = [one.strip() for one in super().clean(value).splitlines()]
        if len(lines) > MOST_TERRITORIES:
            message = gettext("More than %(n)s lines: name EPCI or départements.")
            raise ValidationError(message, params={"n": MOST_TERRITORIES})
        codes, errors = [], []
        places = [Places(one) for one in self._circles()]
        for number, line in enumerate(lines, start=1):
            if not line:
                continue
            try:
                codes.append(self._code_of(line, places))
            except ValidationError as error:
                told = gettext("Line %(line)s, “%(text)s”: %(why)s")
                why = {"line": number, "text": line[:80], "why": error.message}
                errors.append(ValidationError(told, params=why))
        if errors:
            raise ValidationError(errors)
        return list(Territory.objects.by_codes(codes))

    def _circles(self) -> list[Territory]:
        """Names are looked for in the territory of the space, then in its region."""
        assert self.around is not None
        return [
            self.around,
            *Territory.objects.containing(self.around).regions(),
        ]

    def _code_of(self, line: str, places: list[Places]) -> str:
        if line in self.known:
            return self.known[line]
        for one in places:
            try:
                return one.code_of(line)
            except UnknownPlace:
                continue
            except Ambiguous as error:
                message = gettext("several have this name: write one of %(codes)s.")
                codes = {"codes": ", ".join(error.codes)}
                raise ValidationError(message % codes) from None
        raise ValidationError(
            gettext("no territory of the region has this name, nor any this code.")
        )


class RoadmapForm(PlainForm):
    perimeter = TerritoriesField(
        label=_("Territories covered, one per line"),
        help_text=_(
            "Communes, EPCI, several EPCI, a département: their names or their codes."
        ),
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    group = forms.ModelMultipleChoiceField(
        Actor.objects.none(),
        label=_("Actors of your table in the project group"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    directory = forms.MultipleChoiceField(
        label=_("Organisations of the directory, to invite into the project group"),
        help_text=_("They have a place here; those ticked join your actor table."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Roadmap
        fields = (
            *("title", "territory_name", "horizon_years", "sponsor", "lead"),
            *("others_in_group", "starts_on", "adoption_on", "funders", "themes"),
            "course",
        )
        labels = {
            "title": _("Title"),
            "territory_name": _("Name of the territory, as it will be read"),
            "horizon_years": _("Horizon, in years"),
            "others_in_group": _("Others in the project group, one per line"),
            "starts_on": _("The approach starts on"),
            "adoption_on": _("Target date of adoption"),
            "funders": _("Funders of the approach, one per line"),
            "themes": _("Priority themes, separated by commas"),
            "course": _("Your shared direction, in a few sentences"),
        }
        help_texts = {
            "sponsor": _("A job title: for example “vice-president for solidarity”."),
            "lead": _("A job title and its organisation, never a person’s name."),
            "course": _("It may wait until step 6."),
        }
        widgets = {
            "others_in_group": forms.Textarea({"rows": 2}),
            "funders": forms.Textarea({"rows": 3}),
            "course": forms.Textarea({"rows": 4}),
            "starts_on": Day(),
            "adoption_on": Day(),
        }

    field_order = (
        *("title", "territory_name", "perimeter", "horizon_years", "sponsor", "lead"),
        *("group", "directory", "others_in_group", "starts_on", "adoption_on"),
        *("funders", "themes"),
    )

    def __init__(self, *args, space: Space, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.space = space
        group, perimeter = self.fields["group"], self.fields["perimeter"]
        assert isinstance(group, forms.ModelMultipleChoiceField)
        assert isinstance(perimeter, TerritoriesField)
        group.queryset = space.actors.at_work().in_order()
        perimeter.around = space.territory
        self.candidates: list[Candidate] = []
        if self.instance.pk is None:
            self.candidates = proposed_actors(space)
        self._offer_the_directory()
        if self.instance.pk:
            chosen = list(self.instance.perimeter.order_by("name"))
            self.initial["group"] = list(self.instance.group.all())
        else:
            chosen = [space.territory]
            self.initial.update(proposed(space))
        lines = _lines_of(chosen)
        perimeter.known = lines
        self.initial["perimeter"] = "\n".join(lines)

    def _offer_the_directory(self) -> None:
        field = self.fields["directory"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(one.key, _named(one)) for one in self.candidates]
        if not self.candidates:
            del self.fields["directory"]

    @property
    def invited(self) -> list[Actor]:
        """The actors to add to the table: those ticked among the directory."""
        ticked = self.cleaned_data.get("directory", ())
        return [
            actor_of(one, one.family) for one in self.candidates if one.key in ticked
        ]

    def clean_horizon_years(self) -> int:
        years: int = self.cleaned_data["horizon_years"]
        if not 1 <= years <= 50:
            raise ValidationError(_("Give a number of years between 1 and 50."))
        return years

    def clean(self) -> None:
        super().clean()
        words = gettext("The adoption is before the beginning: correct one of the two.")
        self.refuse_reversed("starts_on", "adoption_on", words)


def proposed_actors(space: Space) -> list[Candidate]:
    """Organisations with most places here that the actor table does not hold yet."""
    known = [one for one in candidates(space, "") if one.family and not one.is_there]
    most = sorted(known, key=lambda one: -one.place_count)[:MOST_PROPOSED]
    return sorted(most, key=lambda one: key_of(one.name))


def _named(one: Candidate) -> str:
    where = one.first.commune.name
    name = f"{one.name} ({where})"
    return f"{name} – {gettext('SIMULATED')}" if one.is_simulated else name


def _lines_of(chosen: Sequence[Territory]) -> dict[str, str]:
    """Each as its line, and its code: the name, unless two of them bear it."""
    borne = Counter(one.name for one in chosen)
    return {one.name if borne[one.name] == 1 else one.code: one.code for one in chosen}


def proposed(space: Space) -> dict[str, Any]:
    """What the space knows: its territory, who leads there, who funds its posts."""
    funded = Post.objects.filter(space=space, ended_on=None).exclude(funded_by="")
    funders = funded.order_by("funded_by").values_list("funded_by", flat=True)
    leading = space.actors.at_work().filter(
        pk__in=Lead.objects.filter(space=space, ended_on=None).values("actor")
    )
    return {
        "title": gettext("Roadmap for digital inclusion"),
        "territory_name": space.territory.name,
        "funders": "\n".join(dict.fromkeys(funders)),
        "lead": ", ".join(one.name for one in leading)[:LEAD_LENGTH],
        "group": list(leading),
        "starts_on": _begun_on(space),
    }


def _begun_on(space: Space) -> date:
    """The first meeting held within a year, or today: what was said there counts."""
    today = timezone.localdate()
    held = space.meetings.filter(
        starts_at__date__gte=today - A_YEAR, starts_at__date__lte=today
    )
    first = held.order_by("starts_at").first()
    return first.day if first else today
