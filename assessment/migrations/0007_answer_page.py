from django.db import migrations, models

from assessment import triggers


class Migration(migrations.Migration):
    dependencies = [("assessment", "0006_answers_recorded")]

    operations = [
        migrations.AddField(
            model_name="answer",
            name="page",
            field=models.CharField(blank=True, editable=False, max_length=32),
        ),
        migrations.RunPython(triggers.install, migrations.RunPython.noop),
    ]
