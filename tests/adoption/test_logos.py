"""Logos of the cover: taken as small pictures, refused when they would do more."""

from __future__ import annotations

import io
import json

import odfdo
import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from docx import Document as read_docx
from docx.oxml.ns import qn
from pdfua import validate
from PIL import Image
from pptx import Presentation

from jalons.adoption import operations
from jalons.adoption.logos import TooMany
from jalons.adoption.models import Logo
from jalons.audit.models import Entry
from jalons.files.logos import MOST_BYTES
from jalons.files.models import StoredFile
from tests.adoption.pictures import DRAWN, picture, puts, raster, svg
from tests.adoption.versions import publishes

ALT = "Région Exemple"


def give(signed_in, roadmap, name, content, alt=ALT):
    address = reverse("adoption:logos", args=[roadmap.pk])
    return signed_in.post(address, {"file": picture(name, content), "alt": alt})


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("logo.svg", svg()),
        ("logo.PNG", raster()),
        ("logo.jpeg", raster("JPEG")),
        ("dtd.svg", b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "a">' + svg()),
        ("utf16.svg", svg().decode().encode("utf-16")),
        # Exactly five megabytes: what follows the picture is not read.
        ("five.png", raster() + b"\0" * (MOST_BYTES - len(raster()))),
    ],
)
def test_a_logo_is_drawn_again_as_a_small_picture(signed_in, roadmap, name, content):
    assert 302 == give(signed_in, roadmap, name, content).status_code

    logo = Logo.objects.get()
    with Image.open(io.BytesIO(bytes(logo.png))) as made:
        assert "PNG" == made.format
        # At most 60 by 22 mm, 300 dots an inch.
        assert made.width <= 709
        assert made.height <= 260
    shown = signed_in.get(reverse("adoption:logo", args=[roadmap.pk, logo.pk]))
    assert ("image/png", bytes(logo.png)) == (shown["Content-Type"], shown.content)
    assert StoredFile.objects.get().size == len(content)
    assert Entry.objects.filter(verb="logo.added").exists()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.svg", svg(f"<script>alert(1)</script>{DRAWN}"), "un programme"),
        ("a.svg", svg(f"<foreignObject/>{DRAWN}"), "un programme"),
        ("a.svg", svg('<rect width="9" height="9" onload="x()"/>'), "un programme"),
        ("a.svg", svg('<a href="javascript:x()"><text>a</text></a>'), "appelle"),
        ("a.svg", svg('<image href="https://exemple.fr/a.png"/>'), "appelle"),
        ("a.svg", svg('<image xlink:href="/etc/passwd"/>'), "appelle"),
        ("a.svg", svg("<style>@import 'https://exemple.fr';</style>"), "appelle"),
        ("a.svg", svg('<rect style="fill:url(https://a.fr)"/>'), "appelle"),
        ("a.svg", b'<?xml-stylesheet href="https://a.fr"?>' + svg(), "appelle"),
        ("a.svg", b'<!DOCTYPE svg [<!ENTITY a "b">]>' + svg("&a;"), "entités"),
        ("a.svg", svg("<script/>").decode().encode("utf-16"), "un programme"),
        ("a.svg", b"<html><body/></html>", "pas l’image"),
        ("a.png", raster("JPEG"), "pas l’image"),
        ("a.png", svg(), "pas l’image"),
        ("a.jpg", b"MZ\x90\x00 un programme", "pas l’image"),
        ("a.png", raster()[:60], "ne montre rien"),
        ("a.png", raster(size=(9000, 9000)), "trop de points"),
        ("a.png", raster() + b"\0" * MOST_BYTES, "5\u202fMo"),
        ("a.png", b"", "vide"),
    ],
)
def test_what_is_no_harmless_picture_is_refused_in_words(
    signed_in, roadmap, name, content, told
):
    answer = give(signed_in, roadmap, name, content)

    assert told in answer.content.decode()
    assert not Logo.objects.exists()
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("alt", ["", "  ", "Demandez à Mme Martin"])
def test_a_logo_says_whose_it_is_and_names_nobody(signed_in, roadmap, alt):
    assert 200 == give(signed_in, roadmap, "logo.svg", svg(), alt).status_code

    assert not Logo.objects.exists()


def test_logos_are_on_the_cover_of_every_file_with_their_words(
    fetch, roadmap, officer, tmp_path
):
    puts(roadmap, by=officer)
    puts(roadmap, "b.png", raster(), by=officer, alt="Département Exemple")

    path = tmp_path / "feuille.pdf"
    path.write_bytes(fetch("adoption:file", "pdf"))
    assert not validate(path).findings
    word = read_docx(io.BytesIO(fetch("adoption:file", "docx"))).element.body
    said = [one.get("descr") for one in word.iter(qn("wp:docPr"))]
    assert [ALT, "Département Exemple"] == said[:2]
    office = odfdo.Document(io.BytesIO(fetch("adoption:file", "odt"))).body
    told = [one.text for one in office.get_elements("descendant::svg:desc")]
    assert [ALT, "Département Exemple"] == told[:2]
    first = Presentation(io.BytesIO(fetch("adoption:file", "pptx"))).slides[0]
    shown = [one._element.nvPicPr.cNvPr.get("descr") for one in _pictures(first)]
    assert [ALT, "Département Exemple"] == shown


def _pictures(slide):
    return [one for one in slide.shapes if one.shape_type.name == "PICTURE"]


def test_a_version_keeps_its_logos_and_all_see_them_until_it_is_withdrawn(
    signed_in, client, roadmap, officer
):
    logo = puts(roadmap, by=officer)
    version = operations.freeze_version(roadmap, "Envoyée", by=officer)
    public = publishes(version, by=officer)
    unlogo = reverse("adoption:unlogo", args=[roadmap.pk, logo.pk])
    assert 302 == signed_in.post(unlogo).status_code
    assert not StoredFile.objects.exists()
    client.logout()

    page = client.get(reverse("adoption:public", args=[public.slug])).content.decode()
    address = reverse("adoption:public_logo", args=[public.slug, 0])
    assert f'src="{address}" alt="{ALT}"' in page
    assert b"\x89PNG" == client.get(address).content[:4]
    beyond = reverse("adoption:public_logo", args=[public.slug, 1])
    assert 404 == client.get(beyond).status_code
    operations.withdraw(public, reason="Erreur.", by=officer)
    assert 410 == client.get(address).status_code


def test_a_cover_holds_twelve_logos(roadmap, officer):
    for _turn in range(12):
        puts(roadmap, by=officer)

    with pytest.raises(TooMany, match="douze"):
        puts(roadmap, by=officer)


def test_a_logo_is_put_by_a_command_as_by_the_page(roadmap, officer, tmp_path, capsys):
    whole, broken = tmp_path / "logo.svg", tmp_path / "piege.svg"
    whole.write_bytes(svg())
    broken.write_bytes(svg("<script/>"))
    said = {"alt": ALT, "by": officer.email}

    call_command("roadmap_logo", roadmap.pk, whole, dry_run=True, **said)
    assert not Logo.objects.exists()
    for wrong, changed in (
        (broken, {}),
        (tmp_path / "absent.svg", {}),
        (whole, {"by": "autre@exemple.fr"}),
        (whole, {"alt": " "}),
    ):
        with pytest.raises(CommandError):
            call_command("roadmap_logo", roadmap.pk, wrong, **said | changed)
    with pytest.raises(CommandError):
        call_command("roadmap_logo", 0, whole, **said)
    capsys.readouterr()
    call_command("roadmap_logo", roadmap.pk, whole, json=True, **said)

    told = json.loads(capsys.readouterr().out)
    expected = {"roadmap": roadmap.pk, "logos": [ALT], "is_written": True}
    assert expected == told
    assert ALT == Logo.objects.get().alt


def test_the_command_tells_replaces_and_takes_away_logos(
    roadmap, officer, tmp_path, capsys
):
    for words in ("Région Exemple", "Département Exemple"):
        puts(roadmap, by=officer, alt=words)
    path = tmp_path / "autre.svg"
    path.write_bytes(svg())

    def told(*words: object) -> list[str]:
        call_command("roadmap_logo", roadmap.pk, *words, by=officer.email)
        return capsys.readouterr().out.splitlines()

    assert ["1. Région Exemple", "2. Département Exemple"] == told()
    replaced = told(path, "--alt", "Ville Exemple", "--remove", "1")
    assert ["1. Département Exemple", "2. Ville Exemple"] == replaced[-2:]
    assert ["1. Département Exemple", "2. Ville Exemple"] == told(
        "--remove", "2", "--dry-run"
    )
    assert ["1. Ville Exemple"] == told("--remove", "1")
    with pytest.raises(CommandError, match="numéro"):
        told("--remove", "2")
    path.write_bytes(b"<html></html>")
    with pytest.raises(CommandError):
        told(path, "--alt", "Autre", "--remove", "1")
    assert ["Ville Exemple"] == list(roadmap.logos.values_list("alt", flat=True))
