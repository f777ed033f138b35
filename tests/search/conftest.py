from __future__ import annotations

import pytest

from jalons.search.operations import Entry, index

# Names that a typing mistake brings close to each other; inhabitants as weight.
TERRITORIES = (
    ("commune", "24322", "Périgueux", "Dordogne (24)", "24000", 0.56),
    ("epci", "200040392", "CA Le Grand Périgueux", "Dordogne (24)", "", 0.63),
    ("commune", "42169", "Périgneux", "Loire (42)", "42380", 0.39),
    ("commune", "71345", "Perrigny-sur-Loire", "Saône-et-Loire (71)", "", 0.33),
    ("commune", "42218", "Saint-Étienne", "Loire (42)", "42000 42100", 0.66),
    ("epci", "244200770", "Saint-Étienne Métropole", "Loire (42)", "", 0.7),
    ("commune", "76575", "Saint-Étienne-du-Rouvray", "Seine-Maritime (76)", "", 0.56),
    ("commune", "24398", "Sainte-Foy-de-Longas", "Dordogne (24)", "", 0.3),
    ("commune", "33412", "Sainte-Hélène", "Gironde (33)", "", 0.43),
    ("commune", "93066", "Saint-Denis", "Seine-Saint-Denis (93)", "93200", 0.64),
    ("commune", "97411", "Saint-Denis", "La Réunion (974)", "97400", 0.65),
    ("commune", "17300", "La Rochelle", "Charente-Maritime (17)", "17000", 0.61),
    ("commune", "70450", "La Rochelle", "Haute-Saône (70)", "70120", 0.2),
    ("commune", "80829", "Y", "Somme (80)", "80190", 0.24),
    ("commune", "76255", "Eu", "Seine-Maritime (76)", "76260", 0.48),
    ("departement", "27", "Eure", "", "", 0.72),
    ("region", "75", "Nouvelle-Aquitaine", "", "", 0.85),
    ("commune", "85113", "L’Île-d’Yeu", "Vendée (85)", "85350", 0.46),
    ("commune", "14762", "Vire Normandie", "Calvados (14)", "", 0.53),
    ("commune", "33394", "Saint-Émilion", "Gironde (33)", "33330", 0.41),
)


@pytest.fixture
def territories(db):
    """A score of real names, with their subtitle, postcodes and weight."""
    index(
        Entry(kind, ref, title, subtitle, f"{ref} {codes}", weight)
        for kind, ref, title, subtitle, codes, weight in TERRITORIES
    )
