from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jalons.accounts.models import Link
from jalons.directory.models import Place
from jalons.directory.vocabulary import read_vocabulary
from jalons.files.models import StoredFile
from jalons.library.models import Sheet
from jalons.privacy.declarations import LegalBasis, PersonalData, Recipient
from jalons.spaces.models import Space
from jalons.territories.models import Territory

PROPOSAL_DAYS = 180


class ResourceQuerySet(models.QuerySet):
    def shown(self) -> ResourceQuerySet:
        """Those that nobody withdrew."""
        return self.filter(withdrawn_at=None)

    def public(self) -> ResourceQuerySet:
        """Those of the teams that are recognised."""
        return self.shown().filter(space__recognised_at__isnull=False)


class Resource(models.Model):
    """Something useful to those who help: a guide, a sheet, a film, a tool.

    Read by a team before everybody sees it; a link, a file, or both.
    """

    class Kind(models.TextChoices):
        GUIDE = "guide", _("guide or sheet")
        TOOL = "tool", _("tool to use with people")
        TRAINING = "training", _("training")
        EXPERIENCE = "experience", _("experience told")
        MEDIA = "media", _("film, sound or picture")
        OTHER = "other", _("other resource")

    class Licence(models.TextChoices):
        OPEN = "open", _("Licence Ouverte")
        BY = "by", "CC BY"
        BY_SA = "by_sa", "CC BY-SA"
        BY_NC_SA = "by_nc_sa", "CC BY-NC-SA"
        RESERVED = "reserved", _("all rights reserved: to be read only")
        UNKNOWN = "", _("not known")

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="resources")
    title = models.CharField(_("title"), max_length=160)
    summary = models.TextField(_("in a few words"), max_length=1000)
    url = models.URLField(_("address"), max_length=500, blank=True)
    stored = models.OneToOneField(
        StoredFile, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    kind = models.CharField(_("kind of resource"), max_length=10, choices=Kind)
    licence = models.CharField(
        _("licence"), max_length=10, choices=Licence, blank=True, default=""
    )
    # Codes of the help given, in the national vocabulary of places.
    themes = models.JSONField(default=list)
    # The body that made it, as it signs.
    made_by = models.CharField(_("made by"), max_length=160)
    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="+", null=True
    )
    # Words of the title, the summary and the body, as they are searched.
    key = models.TextField(editable=False)
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    is_simulated = models.BooleanField(_("invented, as an example"), default=False)

    objects = ResourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")

    def __str__(self) -> str:
        return self.title

    @property
    def theme_words(self) -> list[str]:
        return read_vocabulary().said("services", self.themes)


class Proposal(models.Model):
    """A place, a resource or an initiative that somebody proposes without an account.

    The team of its territory reads it: it makes a place, changes one, makes a
    resource or a sheet of the library, or is refused with the reason.
    """

    class Kind(models.TextChoices):
        PLACE = "place", _("place proposed")
        RESOURCE = "resource", _("resource proposed")
        INITIATIVE = "initiative", _("initiative proposed")

    class State(models.TextChoices):
        WAITING = "waiting", _("to be read")
        ASKED = "asked", _("more was asked")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")

    OPEN = (State.WAITING, State.ASKED)

    kind = models.CharField(max_length=10, choices=Kind)
    # What was typed, by field of the form; nothing else is made from it before a
    # team has read it.
    content = models.JSONField()
    title = models.CharField(max_length=250)
    commune = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    # The team that reads it; none when no team is at work there yet.
    space = models.ForeignKey(
        Space, on_delete=models.SET_NULL, null=True, related_name="proposals"
    )
    stored = models.OneToOneField(
        StoredFile, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    # By which the same thing proposed twice is known.
    digest = models.CharField(max_length=32)
    email = models.EmailField(_("your e-mail"), blank=True)
    link = models.OneToOneField(
        Link, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    question = models.CharField(max_length=600, blank=True)
    completed = models.TextField(blank=True)
    reason = models.CharField(max_length=600, blank=True)
    place = models.ForeignKey(
        Place, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    resource = models.ForeignKey(
        Resource, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    sheet = models.ForeignKey(
        Sheet, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    sent_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    is_simulated = models.BooleanField(_("invented, as an example"), default=False)

    personal_data = PersonalData(
        purpose=_("Read the places and resources that people propose, and answer them"),
        legal_basis=LegalBasis.PUBLIC_TASK,
        subject=_("People who propose a place or a resource"),
        held=_("their e-mail if they leave it, and what they write"),
        kept_days=PROPOSAL_DAYS,
        counted_from="sent_at",
        since=_("the day of the proposal"),
        fields=("email", "content", "completed"),
        recipients=(Recipient.TEAM,),
    )

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        constraints = [
            models.UniqueConstraint(
                name="proposal_once_while_it_waits",
                fields=["digest"],
                condition=Q(state__in=("waiting", "asked")),
            ),
            models.CheckConstraint(
                name="proposal_refused_says_why",
                condition=~Q(state="refused") | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        # Without what was written: the journal outlives it.
        return f"{self.get_kind_display()} · {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def can_be_asked(self) -> bool:
        """Whether its author may be written to: the address they left is theirs."""
        return bool(self.email) and self.confirmed_at is not None
