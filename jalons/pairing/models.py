from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jalons.documents.languages import for_reader
from jalons.privacy.declarations import Ending, LegalBasis, PersonalData, Recipient
from jalons.spaces.models import Space
from jalons.territories.models import Territory


class PairingQuerySet(models.QuerySet):
    def going_on(self) -> PairingQuerySet:
        """Proposed or under way: neither closed nor ended."""
        return self.filter(state__in=Pairing.GOING_ON)

    def whole(self) -> PairingQuerySet:
        """With both territories, as every page shows them."""
        return self.select_related("space__territory").prefetch_related(
            "sides__territory"
        )


class Pairing(models.Model):
    """Two territories that a resource centre puts in touch, once both teams agree."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("both are asked")
        UNDER_WAY = "under_way", _("under way")
        CLOSED = "closed", _("did not begin")
        ENDED = "ended", _("ended")

    GOING_ON = (State.PROPOSED, State.UNDER_WAY)

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="pairings")
    subject = models.CharField(_("subject of the exchanges"), max_length=200)
    words = models.CharField(_("words of the centre"), max_length=600, blank=True)
    # Why these two: for the centre alone, since it tells how advanced each is.
    reasons = models.JSONField(default=list)
    # The same in the other languages of the site.
    otherwise = models.JSONField(default=dict, db_default={}, editable=False)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    proposed_at = models.DateTimeField(auto_now_add=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(_("how it ended"), max_length=300, blank=True)
    is_simulated = models.BooleanField(default=False, editable=False)

    objects = PairingQuerySet.as_manager()

    class Meta:
        verbose_name = _("pairing")
        verbose_name_plural = _("pairings")
        ordering = ("-proposed_at", "-pk")
        constraints = [
            models.CheckConstraint(
                name="pairing_begun_when_both_agreed",
                condition=Q(state__in=["proposed", "closed"], begun_at__isnull=True)
                | Q(state__in=["under_way", "ended"], begun_at__isnull=False),
            ),
            models.CheckConstraint(
                name="pairing_ended_at_its_end",
                condition=Q(state__in=["proposed", "under_way"], ended_at__isnull=True)
                | Q(state__in=["closed", "ended"], ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        # Without its words: the journal of each team tells which pairing it was.
        return " – ".join(one.territory.name for one in self.sides.all())

    @property
    def said_reasons(self) -> list[str]:
        """In the language of the reader, when it was kept in it."""
        reasons: list[str] = for_reader(self.reasons, self.otherwise)
        return reasons


class Side(models.Model):
    """One of the two territories of a pairing: its answer, then what it says of it.

    Neither territory reads anything of the other before both agreed.
    """

    class Answer(models.TextChoices):
        WAITING = "waiting", _("has not answered yet")
        AGREED = "agreed", _("agrees")
        REFUSED = "refused", _("refuses")

    class Use(models.TextChoices):
        MUCH = "much", _("a great deal")
        SOME = "some", _("a little")
        NONE = "none", _("nothing yet")

    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="sides")
    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=8, choices=Answer, default=Answer.WAITING)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    # Read by the other territory once both agreed: a function, a public address.
    reached_by = models.CharField(_("how to reach you"), max_length=160, blank=True)
    # Where a territory has no team here, the centre says how it knows the answer.
    source = models.CharField(_("how you know it"), max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    use = models.CharField(_("what it brought"), max_length=4, choices=Use, blank=True)
    feedback = models.CharField(_("in your words"), max_length=500, blank=True)
    told_at = models.DateTimeField(null=True)

    personal_data = PersonalData(
        purpose=_("Let two territories that agreed write to each other"),
        legal_basis=LegalBasis.PUBLIC_TASK,
        subject=_("Professionals who use Jalons"),
        held=_("how to reach the team of a territory: function, address, number"),
        kept_days=365,
        counted_from="pairing__ended_at",
        since=_("the end of the exchanges"),
        fields=("reached_by",),
        ending=Ending.BLANK,
        recipients=(Recipient.COLLEAGUES, Recipient.CENTRE),
    )

    class Meta:
        verbose_name = _("territory of a pairing")
        verbose_name_plural = _("territories of a pairing")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["pairing", "territory"], name="side_once_per_territory"
            ),
            models.CheckConstraint(
                name="side_answered_when_it_answers",
                condition=Q(answer="waiting", answered_at__isnull=True)
                | ~Q(answer="waiting") & Q(answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="side_refuses_with_a_reason",
                condition=~Q(answer="refused") | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.territory.name


class Talk(models.Model):
    """An exchange between two paired territories: a day and a subject, no name."""

    pairing = models.ForeignKey(Pairing, on_delete=models.CASCADE, related_name="talks")
    # The space whose team noted it: one of the two, or the centre.
    space = models.ForeignKey(
        Space, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    day = models.DateField(_("day"))
    subject = models.CharField(_("what was spoken of"), max_length=200)
    noted_at = models.DateTimeField(auto_now_add=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("exchange of a pairing")
        verbose_name_plural = _("exchanges of a pairing")
        ordering = ("-day", "-pk")

    def __str__(self) -> str:
        return self.subject
