from __future__ import annotations

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jalons.communication.models import Announcement
from jalons.roadmaps.forms import EARLIEST, PlainForm
from jalons.roadmaps.models import Roadmap
from jalons.spaces.fields import Day

MOST_COPIES = 100_000


class AnnouncementForm(PlainForm):
    """A line of the plan; once it has its day, a line of the log."""

    class Meta:
        model = Announcement
        fields = (
            *("subject", "audience", "channel", "material", "copies", "planned_on"),
            *("meeting", "actors", "done_on", "outcome"),
        )
        labels = {
            "subject": _("What do you make known?"),
            "audience": _("To whom?"),
            "channel": _("By which channel?"),
            "material": _("With what?"),
            "copies": _("How many copies?"),
            "planned_on": _("Planned on"),
            "meeting": _("About which meeting?"),
            "actors": _("Which actors of your table does it reach?"),
            "done_on": _("Done on"),
            "outcome": _("What came of it?"),
        }
        help_texts = {
            "audience": _("For example: the mayors, those who came to the workshop."),
            "done_on": _("Blank as long as it is not done."),
            "outcome": _("For example: two town halls asked for more copies."),
        }
        widgets = {
            "planned_on": Day(),
            "done_on": Day(),
            "actors": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args, roadmap: Roadmap, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.roadmap = roadmap
        space = roadmap.space
        meeting, actors = self.fields["meeting"], self.fields["actors"]
        assert isinstance(meeting, forms.ModelChoiceField)
        assert isinstance(actors, forms.ModelMultipleChoiceField)
        meeting.queryset = space.meetings.order_by("-starts_at")
        # A change never takes off the log an actor that is archived since.
        offered = Q(archived_at=None)
        if self.instance.pk:
            offered |= Q(pk__in=self.instance.actors.values("pk"))
        actors.queryset = space.actors.filter(offered).in_order()

    def clean(self) -> None:
        super().clean()
        if self.cleaned_data.get("outcome") and not self.cleaned_data.get("done_on"):
            words = gettext("Give the day on which it was done, or leave this blank.")
            if "done_on" not in self.errors:
                self.add_error("done_on", words)

    def clean_copies(self) -> int | None:
        copies: int | None = self.cleaned_data["copies"]
        if copies is not None and not 1 <= copies <= MOST_COPIES:
            raise ValidationError(_("Give a number between 1 and 100,000."))
        return copies

    def clean_done_on(self) -> date | None:
        day: date | None = self.cleaned_data["done_on"]
        if day and not EARLIEST <= day <= timezone.localdate():
            raise ValidationError(_("Give a day that has come, since 2000."))
        return day
