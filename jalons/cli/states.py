"""The models as they were between two migrations, drawn again only where they changed.

Django draws a model of that day as a class. After each operation it draws again all the
models that a chain of foreign keys leads to: here, where everything leads to a person
or to a space, nearly all of them, twenty-five thousand classes for an empty database.
An operation on tables reads the classes of its own model alone, so that one is drawn;
a function of a migration (`RunPython`) reads any of them, and gets all of them anew, as
Django already does for what it calls delayed.
"""

from __future__ import annotations

from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState


class LeanState(ProjectState):
    """The state that goes forwards; its clones, which are only read, are Django’s."""

    def reload_model(self, app_label, model_name, delay=False):
        if "apps" not in self.__dict__:
            return
        is_new = model_name not in self.apps.all_models[app_label]
        if is_new or delay:
            self._draw(app_label, model_name)
        else:
            del self.__dict__["apps"]

    def add_field(self, app_label, model_name, *args):
        apps = self.__dict__.pop("apps", None)
        super().add_field(app_label, model_name, *args)
        if apps is not None:
            self.apps = apps
            self._draw(app_label, model_name)

    def _draw(self, app_label: str, model_name: str) -> None:
        """Others keep the former class of this model until they are drawn anew."""
        if model_name in self.apps.all_models[app_label]:
            self.is_delayed = True
            self.apps.unregister_model(app_label, model_name)
        self.apps.render_multiple([self.models[app_label, model_name]])


class LeanExecutor(MigrationExecutor):
    """Django’s, going forwards on lean states."""

    def _migrate_all_forwards(self, state, *args, **kwargs):
        lean = LeanState(models=state.models, real_apps=state.real_apps)
        return super()._migrate_all_forwards(lean, *args, **kwargs)
