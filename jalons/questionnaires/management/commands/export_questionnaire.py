"""`jalons export-questionnaire`: write a version back as the TOML file it could be."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from jalons.questionnaires.models import Version
from jalons.questionnaires.writing import toml_of


class Command(BaseCommand):
    help = "Write a version of a questionnaire as TOML, on the standard output."

    def create_parser(self, prog_name, subcommand, **options):
        # Django gives `--version` another meaning, of no use here.
        options["conflict_handler"] = "resolve"
        return super().create_parser(prog_name, subcommand, **options)

    def add_arguments(self, parser):
        parser.add_argument("code")
        parser.add_argument("--version", type=int, metavar="N", dest="number")

    def handle(self, *args, **options):
        code, number = options["code"], options["number"]
        try:
            versions = Version.objects.select_related("questionnaire")
            if number is None:
                version = versions.latest_of(code)
            else:
                version = versions.get(questionnaire__code=code, number=number)
        except Version.DoesNotExist as error:
            known = sorted(str(one) for one in Version.objects.all())
            message = _("There is no such version. Known here: %(known)s.")
            raise CommandError(message % {"known": ", ".join(known) or "–"}) from error
        self.stdout.write(toml_of(version.read()), ending="")
