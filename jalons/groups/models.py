from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jalons.actors.models import Actor
from jalons.analysis.membership import Stay
from jalons.privacy.declarations import Ending, LegalBasis, PersonalData, Recipient
from jalons.professionals.models import Professional
from jalons.spaces.models import Space
from jalons.territories.models import Territory


class Group(models.Model):
    """A group of the actors of a territory: a network, a collective, a committee.

    Its members come and go; who was a member on a given day is kept.
    """

    class Kind(models.TextChoices):
        NETWORK = "network", _("network")
        COLLECTIVE = "collective", _("collective")
        STEERING = "steering", _("steering committee")
        PROJECT = "project", _("project group")
        OTHER = "other", _("other group")

    class Shows(models.TextChoices):
        """What everybody reads of the members; never a name, a mail or a telephone."""

        NOTHING = "nothing", _("nothing: the group has no public page")
        COUNTS = "counts", _("how many they are, by family")
        ORGANISATIONS = "organisations", _("the organisations, and their role")

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="groups")
    name = models.CharField(_("name of the group"), max_length=160)
    # The name as it is compared with the others (`actors.models.key_of`).
    key = models.CharField(max_length=250, editable=False)
    kind = models.CharField(_("kind of group"), max_length=12, choices=Kind)
    purpose = models.CharField(_("what it is for"), max_length=600)
    territory = models.ForeignKey(
        Territory,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("perimeter"),
    )
    begun_on = models.DateField(_("begun on"))
    ended_on = models.DateField(_("ended on"), null=True, editable=False)
    shows = models.CharField(
        _("what everybody may read"),
        max_length=14,
        choices=Shows,
        default=Shows.NOTHING,
    )
    is_simulated = models.BooleanField(_("invented, as an example"), default=False)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("group of actors")
        verbose_name_plural = _("groups of actors")
        constraints = [
            models.UniqueConstraint(
                name="group_once_per_space", fields=["space", "key"]
            ),
            models.CheckConstraint(name="group_has_a_key", condition=~Q(key="")),
            models.CheckConstraint(
                name="group_ends_after_it_begins",
                condition=Q(ended_on=None) | Q(ended_on__gte=F("begun_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_public(self) -> bool:
        return self.shows != self.Shows.NOTHING and self.space.is_recognised


class SeatQuerySet(models.QuerySet):
    def on(self, day: date) -> SeatQuerySet:
        """Those of the members of a day."""
        return self.filter(since__lte=day).filter(Q(until=None) | Q(until__gte=day))

    def in_order(self) -> SeatQuerySet:
        return self.select_related("actor__commune", "professional").order_by(
            "actor__key", "professional__name", "since", "pk"
        )


class Seat(models.Model):
    """An actor, or somebody who works for one, member of a group between two days.

    Once the person is erased the seat stays as that of their organisation, so that the
    counts of the past do not change.
    """

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="seats")
    actor = models.ForeignKey(
        Actor,
        on_delete=models.CASCADE,
        related_name="seats",
        verbose_name=_("organisation"),
    )
    professional = models.ForeignKey(
        Professional,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="seats",
        verbose_name=_("person"),
    )
    is_person = models.BooleanField(default=False, editable=False)
    role = models.CharField(_("role in the group"), max_length=80, blank=True)
    since = models.DateField(_("member since"))
    until = models.DateField(_("member until"), null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    personal_data = PersonalData(
        purpose=_("Know who belongs, or belonged, to a group of actors"),
        legal_basis=LegalBasis.PUBLIC_TASK,
        subject=_("Professionals and volunteers of the actors"),
        held=_("that they belonged to a group, between which days"),
        kept_days=0,
        counted_from="professional__kept_until",
        since=_("the end of their own contact; the organisation stays"),
        fields=("professional",),
        ending=Ending.BLANK,
        recipients=(Recipient.TEAM,),
    )

    class Meta:
        verbose_name = _("seat in a group")
        verbose_name_plural = _("seats in groups")
        constraints = [
            models.CheckConstraint(
                name="seat_ends_after_it_begins",
                condition=Q(until=None) | Q(until__gte=F("since")),
            ),
            models.CheckConstraint(
                name="seat_of_a_person_says_so",
                condition=Q(professional=None) | Q(is_person=True),
            ),
        ]
        indexes = [models.Index(fields=["group", "since"])]

    def __str__(self) -> str:
        # Without the person: the journal outlives them.
        return f"{self.actor} · {self.group}"

    @property
    def stay(self) -> Stay:
        return Stay(self.since, self.until)

    @property
    def is_erased(self) -> bool:
        """Whether it is that of somebody whose name is erased."""
        return self.is_person and self.professional_id is None

    @property
    def person_words(self) -> str:
        """The name of the person; nothing for an organisation."""
        if self.professional:
            return self.professional.name
        return str(_("somebody whose name is erased")) if self.is_person else ""
