from __future__ import annotations

from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jalons.questionnaires.models import Version
from jalons.rounds import notices
from jalons.rounds.models import Round, Surveyor
from jalons.search.words import alphabetical
from jalons.spaces.fields import Day
from jalons.spaces.models import Space
from jalons.surveys.forms import LONGEST, VersionField, free_slug
from jalons.surveys.models import Campaign
from jalons.surveys.notices import TO_COMPLETE
from jalons.surveys.operations import ANSWERS_KEPT
from jalons.surveys.perimeter import codes_in
from jalons.territories.models import Territory

SHORT, TALL = 3, 6
"""Lines of a text; the tall one shows to its end what is to be replaced in it."""
MOST_BOXES = 60
"""Beyond so many communes a list of codes is quicker than boxes."""


class CommunesField(forms.ModelMultipleChoiceField):
    """Communes to tick, by name."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Territory) -> str:
        return obj.name

    def offer(self, communes: QuerySet[Territory]) -> None:
        self.queryset = communes
        found = sorted(communes, key=lambda one: alphabetical(one.name))
        self.choices = [(one.pk, one.name) for one in found]


class RoundForm(forms.ModelForm):
    """A field survey: what is asked, where, when, and what people are told."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
    version = VersionField(
        label=_("Questionnaire"), queryset=Version.objects.none(), empty_label=None
    )
    communes = CommunesField(
        label=_("Communes surveyed"),
        help_text=_("Tick none for all these communes."),
        queryset=Territory.objects.none(),
        required=False,
    )
    codes = forms.CharField(
        label=_("A list of communes of your own"),
        help_text=_("INSEE codes, one per line. A list replaces the choice above."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    class Meta:
        model = Campaign
        fields = (
            "title",
            "sponsor",
            "version",
            "communes",
            "codes",
            "opens_on",
            "closes_on",
            "notice_purpose",
            "notice_legal_basis",
            "notice_retention",
            "notice_rights",
            "notice_publication",
        )
        widgets = {"opens_on": Day, "closes_on": Day}

    def __init__(self, *args, space: Space, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.space = space
        self.chosen: list[Territory] = []
        self.fields["notice_rights"].help_text = _(
            "Between square brackets, to be replaced before you send: the address, of "
            "mail or of a place, of whoever answers for personal data at your body."
        )
        self.initial.update(notices.first_words() | {"sponsor": space.name})
        for name in self.fields:
            if name.startswith("notice_"):
                rows = TALL if name == "notice_rights" else SHORT
                self.fields[name].widget.attrs["rows"] = rows
        version, communes = self.fields["version"], self.fields["communes"]
        assert isinstance(version, VersionField)
        assert isinstance(communes, CommunesField)
        version.queryset = _versions(space)
        offered = _communes_of(space.territory)
        if 0 < offered.count() <= MOST_BOXES:
            communes.offer(offered)
        else:
            del self.fields["communes"]

    def clean_notice_rights(self) -> str:
        text = self.cleaned_data["notice_rights"]
        if TO_COMPLETE in text:
            raise ValidationError(
                _("Replace the words between square brackets by the real address.")
            )
        return text

    def clean_codes(self) -> str:
        text = self.cleaned_data["codes"]
        codes = codes_in(text)
        found = Territory.objects.communes().current().by_codes(codes)
        if unknown := set(codes) - {one.pk for one in found}:
            message = _("These codes are not those of communes: %(codes)s.")
            listed = ", ".join(sorted(unknown))
            raise ValidationError(message, params={"codes": listed})
        self.chosen = list(found)
        return text

    def clean(self) -> None:
        super().clean()
        opens, closes = (self.cleaned_data.get(d) for d in ("opens_on", "closes_on"))
        if opens and closes and closes < opens:
            self.add_error("closes_on", _("The survey closes before it opens."))
        if closes and closes > timezone.localdate() + LONGEST:
            self.add_error("closes_on", _("Choose a day within the next five years."))
        if closes and closes + ANSWERS_KEPT < timezone.localdate():
            self.add_error("closes_on", _("Choose today or a later day."))
        self.chosen = self.chosen or self._ticked()
        if not self.chosen and not {"codes", "communes"} & {*self.errors}:
            raise ValidationError(_("No commune is surveyed: write codes."))

    def _ticked(self) -> list[Territory]:
        """The boxes ticked, or all of them when none is."""
        if "communes" not in self.cleaned_data:
            return []
        field = self.fields["communes"]
        assert isinstance(field, CommunesField)
        assert field.queryset is not None
        return list(self.cleaned_data["communes"] or field.queryset)

    def named(self) -> Campaign:
        """The survey of the form, with an address made from its title."""
        campaign: Campaign = self.instance
        campaign.slug = free_slug(campaign.title)
        campaign.key = self.cleaned_data["key"]
        campaign.answers_kept_until = campaign.closes_on + ANSWERS_KEPT
        return campaign


class SurveyorForm(forms.ModelForm):
    communes = CommunesField(
        label=_("Communes entrusted"),
        help_text=_("Tick none for all the communes of the survey."),
        queryset=Territory.objects.none(),
        required=False,
    )

    class Meta:
        model = Surveyor
        fields = ("alias", "communes")

    def __init__(self, *args, round: Round, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.round = round
        communes = self.fields["communes"]
        assert isinstance(communes, CommunesField)
        communes.offer(round.campaign.territories.all())

    def clean_alias(self) -> str:
        alias = " ".join(self.cleaned_data["alias"].split())
        if self.round.surveyors.filter(alias__iexact=alias).exists():
            raise ValidationError(_("Another surveyor has this name: choose another."))
        return alias


class RevokeForm(forms.Form):
    """Stopping every phone cannot be undone: whoever does it says that they know."""

    understood = forms.BooleanField(
        label=_(
            "I have understood: no phone will be able to send anything any more, and "
            "this cannot be undone."
        )
    )


def _versions(space: Space):
    usable = [
        version.pk
        for version in Version.objects.latest_each().offered_to(space)
        if version.read().with_role("territory") and version.read().grid is None
    ]
    return Version.objects.filter(pk__in=usable).select_related("questionnaire")


def _communes_of(territory: Territory):
    """The communes of a territory, or the commune itself."""
    communes = Territory.objects.communes().current()
    if territory.kind == Territory.Kind.COMMUNE:
        return communes.filter(pk=territory.pk)
    return communes.within(territory)
