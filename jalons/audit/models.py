from __future__ import annotations

from typing import Any, NoReturn

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jalons.privacy.declarations import Ending, LegalBasis, PersonalData, Recipient


class AppendOnly(Exception):
    """An audit line was about to be changed or removed."""


class EntryQuerySet(models.QuerySet):
    def about(self, obj: models.Model):
        """The trail of one object, even once it is deleted."""
        return self.filter(object_type=obj._meta.label_lower, object_id=str(obj.pk))

    def within(self, space: models.Model):
        """The trail of one space: what was done in it, and to itself."""
        itself = Q(object_type=space._meta.label_lower, object_id=str(space.pk))
        return self.filter(itself | Q(space_id=space.pk))

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnly("An audit line is never changed.")

    def delete(self) -> NoReturn:
        raise AppendOnly("An audit line is never removed.")


class Entry(models.Model):
    """Who did what, when: a line that outlives the person and the thing it names.

    No foreign key, so that deleting an account or a campaign leaves its trail. Lines
    are only ever added, through `audit.operations.record`; the one change made to them
    is the removal of the actor's name, by the purge, once its days are over.
    """

    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(_("who"), max_length=200, blank=True)
    verb = models.CharField(max_length=60)
    object_type = models.CharField(max_length=80)
    object_id = models.CharField(max_length=64)
    object_label = models.CharField(max_length=200)
    space_id = models.BigIntegerField(null=True)
    details = models.JSONField(default=dict)

    objects = EntryQuerySet.as_manager()

    personal_data = PersonalData(
        purpose=_("Know who changed what, should a doubt or an incident arise"),
        legal_basis=LegalBasis.LEGITIMATE_INTEREST,
        subject=_("Professionals who use Jalons"),
        held=_("the name of the person who acted"),
        kept_days=1095,
        counted_from="at",
        since=_("the action"),
        fields=("actor_id", "actor_label"),
        ending=Ending.BLANK,
        recipients=(Recipient.TEAM, Recipient.ADMINISTRATORS),
    )

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["object_type", "object_id"]),
            models.Index(fields=["space_id", "at"]),
            models.Index(fields=["at"]),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_label}"

    def words(self, language: str | None) -> dict[str, str]:
        """What it is about, and `named` more precisely, in this language if known."""
        ours = {
            "label": self.object_label,
            "named": str(self.details.get("named", "")),
        }
        return ours | self.details.get("words", {}).get(language, {})
