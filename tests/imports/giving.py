"""Giving a file of answers and filling the two screens of its mapping."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jalons.imports.models import ImportBatch


def give(client, campaign, content: str | bytes, name: str = "export.csv"):
    if isinstance(content, str):
        content = content.format(epci=campaign.territories.first().name).encode()
    url = reverse("imports:create", args=[campaign.pk])
    return client.post(url, {"file": SimpleUploadedFile(name, content)}, follow=True)


def url_of(name: str) -> str:
    batch = ImportBatch.objects.latest("pk")
    return reverse(f"imports:{name}", args=[batch.campaign_id, batch.pk])


def by_label(form) -> dict[str, str]:
    return {field.label: name for name, field in form.fields.items()}


def choose(client, page, **wanted: str):
    """Fill the first screen: the proposals, changed by what is wanted."""
    form = page.context["form"]
    named = by_label(form)
    data = {"weight_source": "Calage du CREDOC"}
    data |= {f"c{n}": p.guess.code or "-" for n, p in enumerate(form.proposals)}
    data |= {named.get(label, label): value for label, value in wanted.items()}
    return client.post(url_of("columns"), data, follow=True)


def confirm_values(client, page, **wanted: str):
    form = page.context["form"]
    data = {}
    for name, _group, ask in form._asks():
        data[name] = wanted.get(ask.about, ask.guess.code)
    return client.post(url_of("values"), data, follow=True)
