"""What a team says of one condition of success, and what it rests on."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jalons.actors.models import Actor
from jalons.conditions.models import Appraisal
from jalons.conditions.operations import Shown, name_of
from jalons.directory.texts import paragraphs
from jalons.roadmaps.forms import EARLIEST, refused
from jalons.roadmaps.models import Roadmap, Workstream
from jalons.spaces.fields import Day
from jalons.workshops.models import Minutes

MOST_OFFERED = 40
"""Of meetings, minutes, maps and diagnoses; older ones are not looked for any more."""


class ShownField(forms.ModelMultipleChoiceField):
    """Objects of the space, by the name under which they are kept as proofs."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, rows: QuerySet, label: object) -> None:
        super().__init__(rows, required=False, label=label)  # type: ignore[arg-type]

    def label_from_instance(self, obj: Any) -> str:
        return name_of(obj)


class AppraisalForm(forms.ModelForm):
    """The objects of the space stand below the words, those that it has."""

    class Meta:
        model = Appraisal
        fields = ("state", "evidence", "made_on")
        labels = {
            "state": _("Where does it stand?"),
            "evidence": _("What shows it?"),
            "made_on": _("Reviewed on"),
        }
        help_texts = {
            "evidence": _("Facts, in a few words. Job titles, never people’s names.")
        }
        widgets = {
            "state": forms.RadioSelect,
            "evidence": forms.Textarea({"rows": 3}),
            "made_on": Day(),
        }

    def __init__(self, *args, roadmap: Roadmap, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        state = self.fields["state"]
        assert isinstance(state, forms.TypedChoiceField)
        state.choices = Appraisal.State.choices
        self.initial["made_on"] = timezone.localdate()
        self.kinds = []
        for name, (rows, label) in offered_by(roadmap).items():
            if rows.exists():
                self.fields[name] = ShownField(rows, label)
                self.kinds.append(name)

    @property
    def words(self) -> list[forms.BoundField]:
        return [one for one in self if one.name not in self.kinds]

    @property
    def objects(self) -> list[forms.BoundField]:
        return [self[name] for name in self.kinds]

    def shown(self) -> list[Shown]:
        """What was ticked, kind after kind."""
        return [one for name in self.kinds for one in self.cleaned_data[name]]

    def clean_evidence(self) -> str:
        text = paragraphs(self.cleaned_data["evidence"])
        if errors := list(refused(text)):
            raise ValidationError(errors)
        return text

    def clean_made_on(self) -> date:
        day: date = self.cleaned_data["made_on"]
        if not EARLIEST <= day <= timezone.localdate():
            raise ValidationError(_("Give a day that has come, since 2000."))
        return day


def offered_by(roadmap: Roadmap) -> dict[str, tuple[QuerySet, object]]:
    """What the space holds that may show something, by kind.

    The newest of what is added with time; every actor and every workstream.
    """
    space = roadmap.space
    around = Q(roadmaps=roadmap) | ~Q(meetings=None)
    actors = Actor.objects.filter(around, space=space).distinct()
    streams = Workstream.objects.filter(stake__roadmap=roadmap)
    written = Minutes.objects.filter(workshop__meeting__space=space)
    written = written.select_related("workshop__meeting")
    diagnoses = space.diagnoses.select_related("territory")
    return {
        "meetings": (_newest(space.meetings.order_by("-starts_at")), _("Meetings")),
        "minutes": (
            _newest(written.order_by("-changed_at")),
            _("Minutes of the workshops"),
        ),
        "actors": (actors.order_by("name"), _("Actors invited or in the group")),
        "workstreams": (
            streams.order_by("stake__position", "position"),
            _("Key workstreams"),
        ),
        "maps": (_newest(space.resource_maps.order_by("-pk")), _("Resource maps")),
        "diagnoses": (_newest(diagnoses.order_by("-pk")), _("Diagnoses")),
    }


def _newest(rows: QuerySet) -> QuerySet:
    """Still a query that a form may filter, which a cut one is not."""
    return rows.filter(pk__in=rows.values("pk")[:MOST_OFFERED])
