from django.db import migrations

from assessment import triggers


class Migration(migrations.Migration):
    dependencies = [("assessment", "0005_decision"), ("people", "0005_events_kept")]

    operations = [migrations.RunPython(triggers.install, triggers.remove)]
