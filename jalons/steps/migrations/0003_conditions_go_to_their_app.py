from django.db import migrations


class Migration(migrations.Migration):
    """The tables are renamed, their rows stay; `conditions` holds them from now on."""

    dependencies = [
        ("steps", "0002_conditions_of_success"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.AlterModelTable("appraisal", "conditions_appraisal"),
                migrations.AlterModelTable("proof", "conditions_proof"),
            ],
            state_operations=[
                migrations.DeleteModel("Proof"),
                migrations.DeleteModel("Appraisal"),
            ],
        ),
    ]
