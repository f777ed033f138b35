from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jalons.actors.leading_forms import ActorField
from jalons.coordination.models import (
    FIRST_YEAR,
    LAST_YEAR,
    Agreement,
    Body,
    Contribution,
    Decision,
    OnlineService,
    Sitting,
)
from jalons.directory.texts import paragraphs, plain
from jalons.documents.words import date_format
from jalons.files.operations import TABLES
from jalons.meetings.models import Meeting
from jalons.roadmaps.forms import refused
from jalons.roadmaps.models import Workstream
from jalons.roadmaps.money import NotAnAmount, read_amount, typed
from jalons.spaces.fields import Day
from jalons.spaces.models import Space


def nobody(text: str) -> str:
    """A text that tells of nobody. Raises ValidationError."""
    if errors := list(refused(text)):
        raise ValidationError(errors)
    return text


def workstreams_of(space: Space) -> QuerySet[Workstream]:
    """Those of every roadmap of the space, in their order."""
    return Workstream.objects.filter(stake__roadmap__space=space).order_by(
        "stake__roadmap", "stake__position", "position"
    )


class ContributionsFileForm(forms.Form):
    """A table of contributions, read before it is written."""

    file = forms.FileField(
        label=_("The file"),
        help_text=_("CSV, XLSX or ODS: one contribution a line."),
        widget=forms.ClearableFileInput({"accept": ",".join(TABLES)}),
    )
    dry_run = forms.BooleanField(
        label=_("Only tell me what would be written"), required=False, initial=True
    )


class BodyForm(forms.ModelForm):
    class Meta:
        model = Body
        fields = ("group", "level", "rhythm", "agenda")
        labels = {
            "group": _("Which group is this body?"),
            "level": _("What does it do?"),
            "rhythm": _("How often does it meet?"),
            "agenda": _("Its usual agenda"),
        }
        help_texts = {
            "group": _("Its members and the days of their mandate are noted there."),
            "agenda": _("One point a line."),
        }
        widgets = {"agenda": forms.Textarea({"rows": 5})}

    def __init__(self, *args, space: Space, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["group"]
            return
        group = self.fields["group"]
        assert isinstance(group, forms.ModelChoiceField)
        group.queryset = space.groups.filter(body=None, ended_on=None).order_by("key")
        group.empty_label = gettext("Choose a group")

    def clean_agenda(self) -> str:
        return nobody(paragraphs(self.cleaned_data["agenda"]))


class ContributionForm(forms.ModelForm):
    actor = ActorField()
    value = forms.CharField(
        label=_("Value, in euros"),
        max_length=40,
        required=False,
        help_text=_("Left empty when nobody worked it out: it is not counted as zero."),
    )

    class Meta:
        model = Contribution
        fields = (
            *("actor", "kind", "what", "year", "state", "value", "days"),
            *("workstream", "source"),
        )
        labels = {
            "workstream": _("For which workstream of a roadmap, if for one?"),
            "actor": _("Who gives?"),
            "kind": _("What kind of thing?"),
            "what": _("What exactly?"),
            "year": _("For which year?"),
            "state": _("Promised or given?"),
            "days": _("Days of work, for staff time or skills"),
            "source": _("How do you know it?"),
        }

    def __init__(self, *args, space: Space, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.space = space
        actor = self.fields["actor"]
        assert isinstance(actor, ActorField)
        actor.of(space, self.instance.actor_id)
        actor.label = self.Meta.labels["actor"]
        stream = self.fields["workstream"]
        assert isinstance(stream, forms.ModelChoiceField)
        stream.queryset = workstreams_of(space)
        stream.empty_label = gettext("For none of them in particular")
        self.initial.setdefault("year", timezone.localdate().year)
        self.initial["value"] = (
            "" if self.instance.value is None else typed(self.instance.value)
        )

    def clean_what(self) -> str:
        return nobody(plain(self.cleaned_data["what"]))

    def clean_source(self) -> str:
        return nobody(plain(self.cleaned_data["source"]))

    def clean_year(self) -> int:
        return read_year(self.cleaned_data["year"])

    def clean_value(self) -> Decimal | None:
        return read_value(self.cleaned_data["value"])

    def clean_days(self) -> Decimal | None:
        days: Decimal | None = self.cleaned_data["days"]
        if days is not None and days < 0:
            raise ValidationError(_("A number of days is not under zero."))
        return days

    def clean(self) -> dict[str, Any] | None:
        said = super().clean()
        refuse_days(self.cleaned_data.get("kind"), self.cleaned_data.get("days"))
        if actor := self.cleaned_data.get("actor"):
            self.instance.is_simulated = actor.is_simulated
        return said


def read_year(year: int) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValidationError(_("Write a year between 2000 and 2100."))
    return year


def read_value(text: str) -> Decimal | None:
    """An amount, or none when nobody worked it out. Raises ValidationError."""
    try:
        return read_amount(text) if text else None
    except NotAnAmount:
        message = _("This is not an amount: write for example 12,500.")
        raise ValidationError(message) from None


def refuse_days(kind: str | None, days: Decimal | None) -> None:
    """Only people work days. Raises ValidationError."""
    worked = (Contribution.Kind.STAFF, Contribution.Kind.SKILLS, None)
    if days is not None and kind not in worked:
        message = _("Days are those of staff time or of skills: leave them empty.")
        raise ValidationError({"days": message})


class OnlineServiceForm(forms.ModelForm):
    actor = ActorField()

    class Meta:
        model = OnlineService
        fields = ("actor", "what")
        labels = {"what": _("What must people do online?")}

    def __init__(self, *args, space: Space, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        actor = self.fields["actor"]
        assert isinstance(actor, ActorField)
        actor.of(space, self.instance.actor_id)

    def clean_what(self) -> str:
        return nobody(plain(self.cleaned_data["what"]))


class YearForm(forms.Form):
    """Of which year one reads the register; every year by default."""

    annee = forms.TypedChoiceField(
        label=_("Year"), coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args, years: list[int], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["annee"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", _("every year")), *((one, str(one)) for one in years)]


class MeetingField(forms.ModelChoiceField):
    """A meeting, named with its day."""

    def label_from_instance(self, meeting: Meeting) -> str:
        return f"{date_format(meeting.day)} · {meeting.title}"


class SittingForm(forms.ModelForm):
    """A meeting of the space at which no body sits yet."""

    meeting = MeetingField(
        Meeting.objects.none(),
        label=_("At which meeting does it sit?"),
        empty_label=_("Choose a meeting"),
    )

    class Meta:
        model = Sitting
        fields = ("meeting",)

    def __init__(self, *args, body: Body, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.body = body
        meeting = self.fields["meeting"]
        assert isinstance(meeting, MeetingField)
        free = body.group.space.meetings.filter(sitting=None)
        # What is invented and what is real are not put together.
        free = free.filter(is_simulated=body.group.is_simulated)
        meeting.queryset = free.order_by("-starts_at")


class DecisionForm(forms.ModelForm):
    actor = ActorField()

    class Meta:
        model = Decision
        fields = ("text", "actor", "due_on", "state", "note")
        labels = {
            "text": _("What is decided?"),
            "due_on": _("For which day?"),
            "state": _("Where is it?"),
            "note": _("What became of it?"),
        }
        widgets = {"due_on": Day()}

    def __init__(self, *args, sitting: Sitting, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.sitting = sitting
        actor = self.fields["actor"]
        assert isinstance(actor, ActorField)
        actor.of(sitting.body.group.space, self.instance.actor_id)
        actor.label, actor.required = _("Who sees to it?"), False
        actor.empty_label = gettext("nobody yet")

    def clean_text(self) -> str:
        return nobody(plain(self.cleaned_data["text"]))

    def clean_note(self) -> str:
        return nobody(plain(self.cleaned_data["note"]))


class AgreementForm(forms.ModelForm):
    class Meta:
        model = Agreement
        fields = ("title", "parties", "purpose", "signed_on", "ends_on")
        labels = {
            "title": _("What is it called?"),
            "parties": _("Who signed it?"),
            "purpose": _("What is it for?"),
            "signed_on": _("Signed on"),
            "ends_on": _("Ends on"),
        }
        widgets = {
            "signed_on": Day(),
            "ends_on": Day(),
            "parties": forms.CheckboxSelectMultiple(),
        }

    def __init__(self, *args, space: Space, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        parties = self.fields["parties"]
        assert isinstance(parties, forms.ModelMultipleChoiceField)
        known = self.instance.parties.values_list("pk") if self.instance.pk else ()
        parties.queryset = space.actors.offered(known)

    def clean_title(self) -> str:
        return nobody(plain(self.cleaned_data["title"]))

    def clean_purpose(self) -> str:
        return nobody(plain(self.cleaned_data["purpose"]))

    def clean(self) -> dict[str, Any] | None:
        said = super().clean()
        parties = self.cleaned_data.get("parties")
        if parties is not None and len(parties) < 2:
            self.add_error("parties", gettext("An agreement has two parties at least."))
        if parties:
            self.instance.is_simulated = any(one.is_simulated for one in parties)
        begins, ends = (self.cleaned_data.get(one) for one in ("signed_on", "ends_on"))
        if begins and ends and ends < begins:
            words = gettext("The end is before the beginning: correct one of the two.")
            self.add_error("ends_on", words)
        return said


class StageForm(forms.Form):
    done_on = forms.DateField(label=_("Done on"), widget=Day())
    note = forms.CharField(label=_("What shows it"), max_length=300, required=False)

    def clean_done_on(self) -> date:
        day: date = self.cleaned_data["done_on"]
        if day > timezone.localdate():
            raise ValidationError(_("This day has not come yet."))
        return day

    def clean_note(self) -> str:
        return nobody(plain(self.cleaned_data["note"]))
