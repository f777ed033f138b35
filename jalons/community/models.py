from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jalons.accounts.models import Link, User
from jalons.actors.models import Actor
from jalons.directory.models import Place, month_from_now
from jalons.directory.vocabulary import read_vocabulary
from jalons.groups.models import Group
from jalons.library.models import Sheet
from jalons.mail.models import Message
from jalons.privacy.declarations import Ending, LegalBasis, PersonalData, Recipient
from jalons.spaces.models import Space
from jalons.territories.models import Territory

AUTHOR_DAYS = 1095
"""Three years: as long as the journal of a space names who acted."""
ABUSE_DAYS = 180
RELAY, COPY = "contact-relay", "contact-copy"
CENTRE_RELAY = "centre-relay"
"""To whom a resource centre names, on the page *Contact us*."""
RELAYED = (RELAY, COPY, CENTRE_RELAY)
"""The mails that carry a message from somebody to somebody else."""


class NewsQuerySet(models.QuerySet):
    def shown(self) -> NewsQuerySet:
        """Those that nobody withdrew."""
        return self.filter(withdrawn_at=None)

    def public(self) -> NewsQuerySet:
        """Those that a recognised team lets everybody read."""
        is_published = Q(public_state=News.Public.PUBLISHED)
        return self.shown().filter(is_published, space__recognised_at__isnull=False)

    def counted(self, user: User) -> NewsQuerySet:
        """With how many replies and “me too”, and whether this person said so."""
        replies = _count(Reply.objects.filter(news=OuterRef("pk"), withdrawn_at=None))
        echoes = _count(Echo.objects.filter(news=OuterRef("pk")))
        mine = Echo.objects.filter(news=OuterRef("pk"), user=user)
        return self.annotate(
            reply_count=replies, echo_count=echoes, is_echoed=Exists(mine)
        )


def _count(rows: models.QuerySet) -> Coalesce:
    counted = rows.values("news").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


class News(models.Model):
    """What a mediator or an actor tells the network: news, a problem, a question."""

    class Kind(models.TextChoices):
        NEWS = "news", _("news")
        PROBLEM = "problem", _("problem met")
        QUESTION = "question", _("question")
        RESOURCE = "resource", _("resource")

    class State(models.TextChoices):
        OPEN = "open", _("still open")
        TAKEN = "taken", _("taken in charge")
        SOLVED = "solved", _("solved")

    class Public(models.TextChoices):
        NETWORK = "network", _("read by the network only")
        ASKED = "asked", _("proposed to everybody, to be read by the team")
        PUBLISHED = "published", _("read by everybody")
        REFUSED = "refused", _("kept in the network by the team")

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="news")
    kind = models.CharField(_("What is it?"), max_length=8, choices=Kind)
    title = models.CharField(_("title"), max_length=160)
    text = models.TextField(_("text"), max_length=4000)
    # Words of the title and the text, as they are searched.
    key = models.TextField(editable=False, default="")
    territory = models.ForeignKey(
        Territory,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("territory"),
    )
    # Codes of the national vocabulary of places: help given, and for whom.
    themes = models.JSONField(default=list)
    publics = models.JSONField(default=list)
    place = models.ForeignKey(
        Place, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    actor = models.ForeignKey(
        Actor, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    # The sheet of the library that it is about.
    sheet = models.ForeignKey(
        Sheet, on_delete=models.SET_NULL, null=True, related_name="news"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    posted_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(
        _("where it stands"), max_length=6, choices=State, default=State.OPEN
    )
    taken_by = models.CharField(_("taken in charge by"), max_length=160, blank=True)
    done = models.TextField(_("what was done"), max_length=1000, blank=True)
    followed_at = models.DateTimeField(null=True, editable=False)
    public_state = models.CharField(
        max_length=9, choices=Public, default=Public.NETWORK
    )
    public_reason = models.CharField(_("reason"), max_length=300, blank=True)
    published_at = models.DateTimeField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    is_simulated = models.BooleanField(_("invented, as an example"), default=False)

    objects = NewsQuerySet.as_manager()

    personal_data = PersonalData(
        purpose=_("Share news and problems between those who help people"),
        legal_basis=LegalBasis.PUBLIC_TASK,
        subject=_("Professionals who use Jalons"),
        held=_("who wrote what in the network of a territory"),
        kept_days=AUTHOR_DAYS,
        counted_from="posted_at",
        since=_("the day of the message, which stays without its author"),
        fields=("author",),
        ending=Ending.BLANK,
        recipients=(Recipient.COLLEAGUES,),
    )

    class Meta:
        verbose_name = _("message of the network")
        verbose_name_plural = _("messages of the network")
        constraints = [
            models.CheckConstraint(
                name="news_taken_says_by_whom",
                condition=~Q(state="taken") | ~Q(taken_by=""),
            ),
            models.CheckConstraint(
                name="news_solved_says_how", condition=~Q(state="solved") | ~Q(done="")
            ),
        ]
        indexes = [models.Index(fields=["space", "posted_at"])]

    def __str__(self) -> str:
        # Without its words: the journal outlives them.
        return f"{self.get_kind_display()} · {self.pk}"

    @property
    def is_problem(self) -> bool:
        return self.kind == self.Kind.PROBLEM

    @property
    def is_public(self) -> bool:
        return self.public_state == self.Public.PUBLISHED

    @property
    def theme_words(self) -> list[str]:
        return read_vocabulary().said("services", self.themes)

    @property
    def public_words(self) -> list[str]:
        column = "publics_specifiquement_adresses"
        return read_vocabulary().said(column, self.publics)

    @property
    def signature(self) -> str:
        """Who speaks, for the network: the body and the person, as far as is known."""
        said = filter(None, (self.actor, self.author))
        return " · ".join(str(one) for one in said) or str(_("author erased"))

    @property
    def public_signature(self) -> str:
        """Who speaks, for everybody: the body or the team, never the person."""
        return str(self.actor or self.space)


class Reply(models.Model):
    """What a member of the network answers to a message."""

    news = models.ForeignKey(News, on_delete=models.CASCADE, related_name="replies")
    text = models.TextField(_("your answer"), max_length=2000)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    posted_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    personal_data = PersonalData(
        purpose=_("Share news and problems between those who help people"),
        legal_basis=LegalBasis.PUBLIC_TASK,
        subject=_("Professionals who use Jalons"),
        held=_("who answered what in the network of a territory"),
        kept_days=AUTHOR_DAYS,
        counted_from="posted_at",
        since=_("the day of the answer, which stays without its author"),
        fields=("author",),
        ending=Ending.BLANK,
        recipients=(Recipient.COLLEAGUES,),
    )

    class Meta:
        verbose_name = _("answer in the network")
        verbose_name_plural = _("answers in the network")

    def __str__(self) -> str:
        return str(self.news)

    @property
    def signature(self) -> str:
        return str(self.author or _("author erased"))


class Echo(models.Model):
    """Somebody of the network met the same thing: “me too”, once a person."""

    news = models.ForeignKey(News, on_delete=models.CASCADE, related_name="echoes")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    said_at = models.DateTimeField(default=timezone.now)

    personal_data = PersonalData(
        purpose=_("Share news and problems between those who help people"),
        legal_basis=LegalBasis.PUBLIC_TASK,
        subject=_("Professionals who use Jalons"),
        held=_("who met which problem in the network of a territory"),
        kept_days=AUTHOR_DAYS,
        counted_from="said_at",
        since=_("the day they said “me too”"),
        fields=("user",),
        recipients=(Recipient.COLLEAGUES,),
    )

    class Meta:
        verbose_name = _("“me too”")
        verbose_name_plural = _("“me too”")
        constraints = [
            models.UniqueConstraint(fields=["news", "user"], name="echo_once_a_person")
        ]

    def __str__(self) -> str:
        return str(self.news)


class Abuse(models.Model):
    """What somebody, with or without account, finds wrong in a message."""

    news = models.ForeignKey(News, on_delete=models.CASCADE, related_name="abuses")
    text = models.TextField(_("What is wrong?"), max_length=1000)
    sent_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, editable=False)

    personal_data = PersonalData(
        purpose=_("Withdraw what should not be read"),
        legal_basis=LegalBasis.PUBLIC_TASK,
        subject=_("People who report a message"),
        held=_("what they write"),
        kept_days=ABUSE_DAYS,
        counted_from="sent_at",
        since=_("the day of the report"),
        fields=("text",),
        recipients=(Recipient.TEAM,),
    )

    class Meta:
        verbose_name = _("report about a message")
        verbose_name_plural = _("reports about messages")

    def __str__(self) -> str:
        return str(self.news)


class MailboxQuerySet(models.QuerySet):
    def agreed(self) -> MailboxQuerySet:
        """Those whose owner accepted to be written to."""
        return self.exclude(agreed_at=None)


class Mailbox(models.Model):
    """An address to which messages are relayed without being shown.

    A team proposes it; nothing is relayed before its owner has agreed by a link.
    """

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="mailboxes")
    place = models.OneToOneField(
        Place, on_delete=models.CASCADE, null=True, related_name="relay"
    )
    actor = models.OneToOneField(
        Actor, on_delete=models.CASCADE, null=True, related_name="relay"
    )
    group = models.OneToOneField(
        Group, on_delete=models.CASCADE, null=True, related_name="relay"
    )
    address = models.EmailField(_("e-mail address"))
    agreed_at = models.DateTimeField(null=True, editable=False)
    kept_until = models.DateField(_("kept until"), default=month_from_now)
    # The secret of the link is computed from it (`secrets.relay_secret`): every mail
    # bears the same one.
    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    link = models.OneToOneField(
        Link, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    objects = MailboxQuerySet.as_manager()

    personal_data = PersonalData(
        purpose=_("Relay messages to those who agreed to be written to"),
        legal_basis=LegalBasis.CONSENT,
        subject=_("Professionals and volunteers of the actors"),
        held=_("the address to which messages are relayed"),
        kept_days=0,
        counted_from="kept_until",
        since=_(
            "a month after they were asked if they do not agree, else two years after "
            "they agreed"
        ),
        fields=("address",),
        recipients=(Recipient.TEAM,),
    )

    class Meta:
        verbose_name = _("relayed address")
        verbose_name_plural = _("relayed addresses")
        constraints = [
            models.CheckConstraint(
                name="mailbox_of_one_thing",
                condition=Q(place__isnull=False, actor=None, group=None)
                | Q(place=None, actor__isnull=False, group=None)
                | Q(place=None, actor=None, group__isnull=False),
            )
        ]

    def __str__(self) -> str:
        # Without the address: the journal outlives it.
        return str(self.target)

    @property
    def target(self) -> Place | Actor | Group:
        """What one writes to."""
        found = self.place or self.actor or self.group
        assert found is not None
        return found


class RelayedManager(models.Manager):
    """The mails of the outbox that carry somebody's message, and no other."""

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().filter(reason__in=RELAYED)


class RelayedMail(Message):
    """A mail that carried a message to somebody, forgotten thirty days later.

    Once sent its text is emptied, as that of any mail; what could not be sent, and who
    wrote to whom, goes after thirty days.
    """

    relayed = RelayedManager()

    personal_data = PersonalData(
        purpose=_("Relay messages to those who agreed to be written to"),
        legal_basis=LegalBasis.CONSENT,
        subject=_("People who write by a contact form, and those they write to"),
        held=_("both addresses, and the message until it is sent"),
        kept_days=30,
        counted_from="created_at",
        since=_("the day of the message"),
        fields=("recipient", "subject", "text", "reply_to"),
        recipients=(Recipient.WRITTEN_TO,),
    )

    class Meta:
        proxy = True
        base_manager_name = "relayed"
        verbose_name = _("relayed message")
        verbose_name_plural = _("relayed messages")
