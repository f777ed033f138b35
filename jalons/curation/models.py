from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jalons.directory.models import Place, PlaceList
from jalons.files.models import StoredFile
from jalons.privacy.declarations import LegalBasis, PersonalData, Recipient
from jalons.spaces.models import Space

SILENCE = timedelta(minutes=2)
"""A task that says nothing for so long has stopped: it says something each block."""
UNDO_DAYS = 30
REPORT_DAYS = 180


class PlaceImport(models.Model):
    """A file of places: read, reported, recorded, perhaps undone.

    Given by a team on a page, or by the installation’s own command.
    """

    class State(models.TextChoices):
        TO_MAP = "to_map", _("its columns are to be said")
        TO_CHECK = "to_check", _("about to be read")
        CHECKED = "checked", _("read, to be confirmed")
        TO_RECORD = "to_record", _("being recorded")
        RECORDED = "recorded", _("recorded")
        FAILED = "failed", _("cannot be read")
        UNDONE = "undone", _("undone")

    WORKING = (State.TO_CHECK, State.TO_RECORD)

    # Nobody’s when the installation’s own command recorded it.
    space = models.ForeignKey(
        Space, on_delete=models.CASCADE, null=True, related_name="place_imports"
    )
    list_name = models.CharField(_("name of the list"), max_length=120)
    licence = models.CharField(_("licence"), max_length=120, blank=True)
    is_whole = models.BooleanField(default=False)
    makes_ids = models.BooleanField(default=False)
    place_list = models.ForeignKey(
        PlaceList, on_delete=models.SET_NULL, null=True, related_name="imports"
    )
    file_name = models.CharField(max_length=200)
    # The files while they are worked on; afterwards only the refused rows are kept.
    stored = models.OneToOneField(
        StoredFile, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    services = models.OneToOneField(
        StoredFile, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    refused = models.OneToOneField(
        StoredFile, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    # The mapping chosen, as its file would state it; empty when columns tell it.
    mapping = models.JSONField(default=dict)
    # What the team says that values of lists mean: by column, text in the schema by
    # text in the file, empty when it says nothing.
    values = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=State, default=State.TO_CHECK)
    report = models.JSONField(default=dict)
    problem = models.TextField(blank=True)
    done_count = models.PositiveIntegerField(default=0)
    beat_at = models.DateTimeField(null=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    given_at = models.DateTimeField(auto_now_add=True)
    recorded_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("file of places")
        verbose_name_plural = _("files of places")

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_working(self) -> bool:
        return self.state in self.WORKING

    def has_stopped(self, at: datetime) -> bool:
        """Whether the task that works on this file went silent."""
        return self.is_working and (self.beat_at or self.given_at) < at - SILENCE

    @property
    def writable_count(self) -> int:
        names = ("created", "updated", "left_the_list")
        return sum(int(self.report.get(name, 0)) for name in names)


class ImportedPlace(models.Model):
    """What a file created or changed of a place, so that it can be undone."""

    batch = models.ForeignKey(
        PlaceImport, on_delete=models.CASCADE, related_name="rows"
    )
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+")
    # What it said before, by column; empty for a place that the file created.
    before = models.JSONField(null=True)
    recorded_at = models.DateTimeField(default=timezone.now)

    personal_data = PersonalData(
        purpose=_("Undo the import of a file of places"),
        legal_basis=LegalBasis.PUBLIC_TASK,
        subject=_("Professionals named in a list of places"),
        held=_("a mobile number or an address that the file removed"),
        kept_days=UNDO_DAYS,
        counted_from="recorded_at",
        since=_("the day of the import"),
        fields=("before",),
        recipients=(Recipient.TEAM,),
    )

    class Meta:
        verbose_name = _("place of an imported file")
        verbose_name_plural = _("places of an imported file")


class SavedColumns(models.Model):
    """How the columns of a file of places are read, kept by a team for the next one."""

    space = models.ForeignKey(
        Space, on_delete=models.CASCADE, related_name="saved_columns"
    )
    title = models.CharField(_("title"), max_length=160)
    content = models.JSONField()
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("columns of places")
        verbose_name_plural = _("columns of places")
        constraints = [
            models.UniqueConstraint(
                fields=["space", "title"], name="saved_columns_once_per_title"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Resemblance(models.Model):
    """Two places that look alike, and what a team decided of them."""

    class Verdict(models.TextChoices):
        OPEN = "", _("to be looked at")
        MERGED = "merged", _("the same place")
        DIFFERENT = "different", _("two places")

    space = models.ForeignKey(
        Space, on_delete=models.CASCADE, related_name="resemblances"
    )
    first = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+")
    score = models.FloatField()
    verdict = models.CharField(
        max_length=10, choices=Verdict, default=Verdict.OPEN, blank=True
    )
    # Of a merge: the place kept, and what it said before, with what was pinned.
    kept = models.ForeignKey(
        Place, on_delete=models.CASCADE, null=True, related_name="+"
    )
    before = models.JSONField(default=dict)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("resemblance of places")
        verbose_name_plural = _("resemblances of places")
        constraints = [
            models.UniqueConstraint(
                fields=["space", "first", "second"], name="resemblance_once_per_pair"
            ),
            models.CheckConstraint(
                name="resemblance_first_before_second",
                condition=Q(first__lt=F("second")),
            ),
        ]


class PlaceReport(models.Model):
    """What somebody says is wrong about a place, without an account."""

    class Kind(models.TextChoices):
        HOURS = "hours", _("the hours")
        CONTACT = "contact", _("the telephone, the address or the site")
        CLOSED = "closed", _("the place has closed or moved")
        OFFER = "offer", _("the help given")
        OTHER = "other", _("something else")

    class State(models.TextChoices):
        OPEN = "open", _("to be looked at")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="reports")
    kind = models.CharField(_("What is wrong?"), max_length=10, choices=Kind)
    text = models.TextField(_("What should it say?"), max_length=1000)
    email = models.EmailField(_("Your e-mail, if you accept to be asked"), blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    sent_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    personal_data = PersonalData(
        purpose=_("Correct the lists of places"),
        legal_basis=LegalBasis.PUBLIC_TASK,
        subject=_("People who report an error"),
        held=_("what they write, and their e-mail if they leave it"),
        kept_days=REPORT_DAYS,
        counted_from="sent_at",
        since=_("the day of the report"),
        fields=("text", "email"),
        recipients=(Recipient.TEAM,),
    )

    class Meta:
        verbose_name = _("report about a place")
        verbose_name_plural = _("reports about places")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.place}"
