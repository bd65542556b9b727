from uuid import uuid4

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


def give_codes(apps, schema_editor):
    """A default would be computed once for all rows."""
    for membership in apps.get_model("people", "Membership").objects.filter(code=None):
        membership.code = uuid4()
        membership.save(update_fields=["code"])


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.AddField("Team", "archived_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived")),
        migrations.AddField("Membership", "code", models.UUIDField(editable=False, null=True)),
        migrations.RunPython(give_codes, migrations.RunPython.noop, elidable=True),
        migrations.AlterField("Membership", "code", models.UUIDField(default=uuid4, editable=False, unique=True)),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.UUIDField(default=uuid4, editable=False, unique=True)),
                ("email", models.EmailField(max_length=254, verbose_name="email")),
                ("is_owner", models.BooleanField(default=False, verbose_name="owner")),
                ("is_executive", models.BooleanField(default=False, verbose_name="executive")),
                ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("invited_by", models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL)),
                ("organization", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="people.organization")),
                ("teams", models.ManyToManyField(blank=True, to="people.team", verbose_name="lead of")),
            ],
            options={
                "verbose_name": "invitation",
                "verbose_name_plural": "invitations",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("accepted_at", None), ("revoked_at", None)),
                        fields=("organization", "email"),
                        name="invitation_pending_unique",
                    )
                ],
            },
        ),
    ]
