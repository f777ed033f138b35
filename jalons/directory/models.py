from __future__ import annotations

import hashlib
from datetime import date, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jalons.analysis.opening import PARIS, Hours, read_hours
from jalons.privacy.declarations import LegalBasis, PersonalData, Recipient
from jalons.spaces.models import Space
from jalons.territories.models import Territory

# What is not announced to its person within a month, as article 14 of the GDPR asks,
# is not kept longer.
CONTACT_DAYS = 30
# The scope of the contacts that come with lists of places (`print_of`).
LISTS = "lists"
# A place that nobody checked for a year and a half may have closed.
FRESH_FOR = timedelta(days=548)
ZONES = {
    "971": "America/Guadeloupe",
    "972": "America/Martinique",
    "973": "America/Cayenne",
    "974": "Indian/Reunion",
    "976": "Indian/Mayotte",
}


def zone_of(commune_code: str) -> str:
    """The time zone of a commune."""
    return ZONES.get(commune_code[:3], PARIS)


def month_from_now() -> date:
    """Until when a contact is kept that nobody has announced to its person."""
    return timezone.localdate() + timedelta(days=CONTACT_DAYS)


def print_of(scope: str, value: str) -> str:
    """The print of a contact: enough to know it again, not to read it."""
    text = f"{scope}:{value.strip().lower()}"
    return hashlib.sha256(text.encode()).hexdigest()[:32]


class PlaceListQuerySet(models.QuerySet):
    def shown(self) -> PlaceListQuerySet:
        """Those of the site, and of the teams that are recognised."""
        return self.filter(Q(space=None) | Q(space__recognised_at__isnull=False))

    def waiting(self) -> PlaceListQuerySet:
        """Those of teams that nobody has recognised yet."""
        return self.filter(space__isnull=False, space__recognised_at=None)


class PlaceList(models.Model):
    """A list of places, as its producer publishes it."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    # The team that answers for it; none when whoever runs the site imported it.
    space = models.ForeignKey(
        Space, on_delete=models.CASCADE, null=True, related_name="place_lists"
    )
    licence = models.CharField(_("licence"), max_length=120, blank=True)
    is_simulated = models.BooleanField(_("invented for the demonstration"))
    imported_at = models.DateTimeField(_("imported at"), auto_now_add=True)

    objects = PlaceListQuerySet.as_manager()

    class Meta:
        verbose_name = _("list of places")
        verbose_name_plural = _("lists of places")

    def __str__(self) -> str:
        return self.name

    @property
    def is_shown(self) -> bool:
        """Whether everybody reads it."""
        return self.space is None or self.space.is_recognised


class Organisation(models.Model):
    """A body to which places belong, as their list names it."""

    # SIRET, RNA or RIDET; empty when the list does not give it.
    pivot = models.CharField(_("SIRET, RNA or RIDET"), max_length=14, blank=True)
    name = models.CharField(_("name"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            models.UniqueConstraint(
                fields=["pivot", "name"], name="organisation_once_per_pivot_and_name"
            ),
            models.CheckConstraint(
                name="organisation_has_pivot_or_name",
                condition=~Q(pivot="", name=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.pivot


class PlaceQuerySet(models.QuerySet):
    def in_their_list(self) -> PlaceQuerySet:
        """Those still in their list, each once."""
        return self.filter(left_on=None, same_as=None)

    def open_to_all(self) -> PlaceQuerySet:
        """The same, in the lists that everybody reads."""
        return self.in_their_list().filter(place_list__in=PlaceList.objects.shown())

    def within_box(
        self, longitudes: tuple[float, float], latitudes: tuple[float, float]
    ) -> PlaceQuerySet:
        return self.filter(longitude__range=longitudes, latitude__range=latitudes)


class Place(models.Model):
    """Somewhere people are helped with digital tools, as its list describes it.

    The columns and their values are those of the national schema *Lieux de médiation
    numérique* (data/directory). A value that its vocabulary lacks is kept in `unread`,
    by column, and given back as it came.
    """

    class Position(models.TextChoices):
        GIVEN = "given", _("given by the list")
        ADDRESS = "address", _("found from the address")
        COMMUNE = "commune", _("centre of the commune")

    place_list = models.ForeignKey(
        PlaceList, on_delete=models.CASCADE, related_name="places"
    )
    ref = models.CharField(_("identifier in its list"), max_length=120)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="places"
    )
    name = models.CharField(_("name"), max_length=250)
    commune = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="places"
    )
    # As the list writes them: the commune may have merged since.
    locality = models.CharField(_("commune in the address"), max_length=120)
    commune_code = models.CharField(max_length=5, blank=True)
    postcode = models.CharField(_("postal code"), max_length=5, blank=True)
    address = models.CharField(_("address"), max_length=250, blank=True)
    address_more = models.CharField(
        _("rest of the address"), max_length=250, blank=True
    )
    latitude = models.FloatField()
    longitude = models.FloatField()
    position = models.CharField(max_length=8, choices=Position)
    phone = models.CharField(_("telephone of the place"), max_length=16, blank=True)
    mailboxes = models.JSONField(default=list, blank=True)
    websites = models.JSONField(default=list, blank=True)
    opening = models.CharField(_("opening hours"), max_length=1000, blank=True)
    summary = models.TextField(_("in a few words"), blank=True)
    description = models.TextField(_("description"), blank=True)
    collected_by = models.CharField(_("collected by"), max_length=250, blank=True)
    checked_on = models.DateField(_("last checked on"), null=True)
    kinds = models.JSONField(default=list, blank=True)
    mobility = models.JSONField(default=list, blank=True)
    publics = models.JSONField(default=list, blank=True)
    care = models.JSONField(default=list, blank=True)
    costs = models.JSONField(default=list, blank=True)
    programmes = models.JSONField(default=list, blank=True)
    labels = models.JSONField(default=list, blank=True)
    other_labels = models.TextField(blank=True)
    access_modes = models.JSONField(default=list, blank=True)
    support_modes = models.JSONField(default=list, blank=True)
    access_page = models.URLField(max_length=500, blank=True)
    booking_page = models.URLField(max_length=500, blank=True)
    unread = models.JSONField(default=dict, blank=True)
    # The day a whole list came without it.
    left_on = models.DateField(_("left its list on"), null=True)
    # What the team corrected, by column: a new import does not undo it.
    pinned = models.JSONField(default=dict, blank=True)
    # The place shown instead, when a team found that two lists name the same one.
    same_as = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="twins"
    )

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints = [
            models.UniqueConstraint(
                fields=["place_list", "ref"], name="place_once_per_list"
            ),
            models.CheckConstraint(
                name="place_on_the_globe",
                condition=Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
            ),
        ]
        indexes = [models.Index(fields=["latitude", "longitude"])]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> str:
        return zone_of(self.commune_id)

    @property
    def hours(self) -> Hours | None:
        """Its hours, when something certain can be read in them."""
        return read_hours(self.opening, self.zone)

    @property
    def is_approximate(self) -> bool:
        """Whether it is drawn in the centre of its commune, for want of better."""
        return self.position == self.Position.COMMUNE

    @property
    def is_stale(self) -> bool:
        """Whether nobody has checked it for long, or ever."""
        if self.checked_on is None:
            return True
        return self.checked_on < timezone.localdate() - FRESH_FOR


class Service(models.Model):
    """One of the nine services of the national vocabulary, offered in a place."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="services")
    kind = models.CharField(_("service"), max_length=40)

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        constraints = [
            models.UniqueConstraint(
                fields=["place", "kind"], name="service_once_per_place"
            )
        ]

    def __str__(self) -> str:
        return self.kind


class Findable(models.Model):
    """What a search reads of a place: where it is, what it offers, when it opens.

    A short row, so that a hundred thousand are searched at once; made from the place by
    `sifting`, which is told of every change. Of each list of codes, one bit a code; of
    each day, one bit a half hour (jalons.analysis.half_hours).
    """

    class Week(models.IntegerChoices):
        UNKNOWN = 0, _("no hours that can be read")
        EVERY = 1, _("every week is the same")
        BUT_HOLIDAYS = 2, _("every week is the same, but for bank holidays")
        TO_READ = 3, _("to be read in its text")

    place = models.OneToOneField(Place, on_delete=models.CASCADE, primary_key=True)
    list_pk = models.BigIntegerField()
    name = models.CharField(max_length=250)
    latitude = models.FloatField()
    longitude = models.FloatField()
    services = models.BigIntegerField()
    publics = models.BigIntegerField()
    care = models.BigIntegerField()
    costs = models.BigIntegerField()
    access_modes = models.BigIntegerField()
    kinds = models.BigIntegerField()
    week = models.SmallIntegerField(choices=Week)
    monday = models.BigIntegerField()
    tuesday = models.BigIntegerField()
    wednesday = models.BigIntegerField()
    thursday = models.BigIntegerField()
    friday = models.BigIntegerField()
    saturday = models.BigIntegerField()
    sunday = models.BigIntegerField()

    class Meta:
        verbose_name = _("line of search of a place")
        verbose_name_plural = _("lines of search of places")
        # All that a search reads, so that it reads the index alone: each row fetched
        # apart, in the order of the import, would take three times longer.
        indexes = [
            models.Index(
                fields=[
                    *("latitude", "longitude", "place", "list_pk", "name"),
                    *("services", "publics", "care", "costs", "access_modes"),
                    *("kinds", "week", "monday", "tuesday", "wednesday"),
                    *("thursday", "friday", "saturday", "sunday"),
                ],
                name="findable_by_point",
            )
        ]

    def __str__(self) -> str:
        return self.name


class ProfessionalContact(models.Model):
    """A telephone number or address that seems to be a person's, not a place's."""

    class Kind(models.TextChoices):
        PHONE = "phone", _("telephone")
        EMAIL = "email", _("e-mail")

    personal_data = PersonalData(
        purpose=_("Let the places of a list be reached, with the person’s agreement"),
        legal_basis=LegalBasis.PUBLIC_TASK,
        subject=_("Professionals named in a list of places"),
        held=_("a mobile number or an address in their name"),
        kept_days=0,
        counted_from="kept_until",
        since=_(
            "a month after the import if they could not be informed, else two years "
            "after they were informed or last confirmed"
        ),
        fields=("value",),
        recipients=(Recipient.TEAM, Recipient.PUBLIC),
    )

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(max_length=8, choices=Kind)
    value = models.CharField(max_length=254)
    received_at = models.DateTimeField(default=timezone.now)
    # Pushed back once the person is informed (jalons.professionals).
    kept_until = models.DateField(_("kept until"), default=month_from_now)
    # Shown to the public from that moment, never before.
    agreed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("contact of a professional")
        verbose_name_plural = _("contacts of professionals")
        constraints = [
            models.UniqueConstraint(
                fields=["place", "kind", "value"], name="professional_contact_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.place}"


class Objection(models.Model):
    """A contact whose person asked not to be kept, known by its print only.

    The print is made for one scope, the lists of places or a space, so that a file
    imported again does not bring the contact back, and another team learns nothing.
    """

    digest = models.CharField(max_length=32, unique=True)
    asked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("request not to be kept")
        verbose_name_plural = _("requests not to be kept")

    def __str__(self) -> str:
        return self.digest
