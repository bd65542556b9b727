from django.db import migrations

from frameworks import triggers


class Migration(migrations.Migration):
    dependencies = [("frameworks", "0001_initial")]

    operations = [migrations.RunPython(triggers.install, triggers.remove)]
