from django.db import migrations

from people import triggers


class Migration(migrations.Migration):
    dependencies = [("people", "0004_event")]

    operations = [migrations.RunPython(triggers.install, triggers.remove)]
