from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jalons.files.models import StoredFile
from jalons.privacy.declarations import LegalBasis, PersonalData, Recipient
from jalons.spaces.models import Space
from jalons.surveys.models import Campaign, Response

SILENCE = timedelta(minutes=2)
"""A task that says nothing for so long has stopped: it says something each block."""


class ImportBatch(models.Model):
    """One file of answers to a survey: read, reported, recorded, perhaps undone."""

    class State(models.TextChoices):
        TO_MAP = "to_map", _("its columns are not matched yet")
        TO_CHECK = "to_check", _("about to be read")
        CHECKING = "checking", _("being read")
        CHECKED = "checked", _("read, to be confirmed")
        TO_RECORD = "to_record", _("about to be recorded")
        RECORDING = "recording", _("being recorded")
        RECORDED = "recorded", _("recorded")
        FAILED = "failed", _("cannot be read")
        TO_UNDO = "to_undo", _("about to be undone")
        UNDOING = "undoing", _("being undone")
        UNDONE = "undone", _("undone")

    UNDOING = (State.TO_UNDO, State.UNDOING)
    WORKING = (
        *(State.TO_CHECK, State.CHECKING, State.TO_RECORD, State.RECORDING),
        *UNDOING,
    )

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="imports"
    )
    file_name = models.CharField(max_length=200)
    # The file while it is worked on; afterwards only the rows refused are kept.
    stored = models.OneToOneField(
        StoredFile, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    refused = models.OneToOneField(
        StoredFile, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    header_line = models.PositiveIntegerField(null=True)
    # What was chosen on the screens before the mapping is written: the sheet of a
    # workbook that holds several, then each column.
    choices = models.JSONField(default=dict)
    mapping = models.TextField(blank=True)
    mapping_name = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.TO_MAP)
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
        verbose_name = _("file of answers")
        verbose_name_plural = _("files of answers")

    def __str__(self) -> str:
        return self.file_name

    @property
    def sheet(self) -> str:
        """The sheet chosen; empty for the only one, or the first."""
        return str(self.choices.get("sheet", ""))

    @property
    def is_working(self) -> bool:
        return self.state in self.WORKING

    def has_stopped(self, at: datetime) -> bool:
        """Whether the task that works on this file went silent."""
        return self.is_working and (self.beat_at or self.given_at) < at - SILENCE

    @property
    def row_count(self) -> int:
        return int(self.report.get("row_count", 0))

    @property
    def writable_count(self) -> int:
        """How many answers recording this file would create or change."""
        return int(self.report.get("created", 0) + self.report.get("updated", 0))

    @property
    def is_undoing(self) -> bool:
        return self.state in self.UNDOING

    @property
    def is_undoable(self) -> bool:
        return self.state == self.State.RECORDED and self.rows.exists()


class ImportedRow(models.Model):
    """What one row of a file created or changed, so that the import can be undone."""

    batch = models.ForeignKey(
        ImportBatch, on_delete=models.CASCADE, related_name="rows"
    )
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="+")
    line = models.PositiveIntegerField()
    # The answer as it was; empty for an answer that the file created.
    before = models.JSONField(null=True)
    recorded_at = models.DateTimeField()
    kept_until = models.DateField()

    personal_data = PersonalData(
        purpose=_("Undo the import of a file of answers"),
        legal_basis=LegalBasis.PUBLIC_TASK,
        subject=_("Professionals and elected members whose answer a file changed"),
        held=_("what their answer said before the file"),
        kept_days=0,
        counted_from="kept_until",
        since=_("thirty days after the import, or the end announced for the answers"),
        fields=("before",),
        recipients=(Recipient.TEAM,),
    )

    class Meta:
        verbose_name = _("row of an imported file")
        verbose_name_plural = _("rows of an imported file")
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "response"], name="imported_row_once_per_answer"
            )
        ]


class SavedMapping(models.Model):
    """A mapping kept by a team, to read the next file of the same shape."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="mappings")
    questionnaire_code = models.SlugField(max_length=60)
    title = models.CharField(_("title"), max_length=160)
    content = models.TextField()
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("mapping of columns")
        verbose_name_plural = _("mappings of columns")
        constraints = [
            models.UniqueConstraint(
                fields=["space", "title"], name="mapping_once_per_title"
            )
        ]

    def __str__(self) -> str:
        return self.title
