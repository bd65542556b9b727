"""A version tried out: the questionnaire as a lead sees it, and what the answers come to. The answers stay in the
operator's session and are kept nowhere else."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from assessment.admin import versions
from frameworks import checkup
from frameworks.admin import deeds
from frameworks.admin.versions import Tool, page_url
from frameworks.definition import Answer, Framework, Pillar, Rating, Statement
from frameworks.models import Action, Version
from frameworks.wording import RATINGS
from reports import pictures
from reports.report import Context, compose


class TryForm(forms.Form):
    """One statement as the questionnaire shows it."""

    use_required_attribute = False
    rating = forms.ChoiceField(
        choices=[(code.value, label) for code, label in RATINGS.items()], widget=forms.RadioSelect, required=False
    )

    def __init__(self, statement: Statement, data: Any, rating: str) -> None:
        super().__init__(data, prefix=statement.key, initial={"rating": rating})
        self.statement = statement
        self.fields["rating"].label = statement.text
        self.fields["rating"].help_text = statement.help


def kept(request: HttpRequest, version: Version) -> dict[str, str]:
    """The ratings of this trial, by the keys the version has now."""
    asked = version.definition().statements
    return {key: code for key, code in request.session.get(f"try-{version.pk}", {}).items() if key in asked}


def preview(model_admin: deeds.Admin, request: HttpRequest, pk: int) -> HttpResponse:
    """The questionnaire, pillar by pillar; answering it changes nothing but the trial."""
    version = deeds.find(model_admin, request, pk)
    framework, answers = version.definition(), kept(request, version)
    pillars = [pillar for pillar in framework.pillars if _asked(framework, pillar)]
    pillar = next((each for each in pillars if each.slug == request.GET.get("pillar")), next(iter(pillars), None))
    given = [
        TryForm(statement, request.POST or None, answers.get(statement.key, ""))
        for statement in _asked(framework, pillar)
    ]
    if request.method == "POST" and all(form.is_valid() for form in given):
        said = {form.statement.key: form.cleaned_data["rating"] for form in given}
        request.session[f"try-{version.pk}"] = {key: code for key, code in (answers | said).items() if code}
        return HttpResponseRedirect(_following(version, pillars, pillar))
    context = {"version": version, "framework": framework, "pillars": pillars, "pillar": pillar, "forms": given}
    return render(request, "admin/reports/preview.html", context)


def _asked(framework: Framework, pillar: Pillar | None) -> list[Statement]:
    return [asked for cell in framework.in_pillar(pillar.slug) for asked in cell.statements] if pillar else []


def _following(version: Version, pillars: list[Pillar], pillar: Pillar | None) -> str:
    """The next pillar; behind the last, what it comes to."""
    after = pillars[pillars.index(pillar) + 1 :] if pillar else []
    return f"{page_url(version, 'preview')}?pillar={after[0].slug}" if after else page_url(version, "try_scoring")


def try_scoring(model_admin: deeds.Admin, request: HttpRequest, pk: int) -> HttpResponse:
    """Level, gates, ladder and radar of the trial's answers."""
    version = deeds.find(model_admin, request, pk)
    if request.method == "POST":
        request.session.pop(f"try-{version.pk}", None)
        return HttpResponseRedirect(page_url(version, "preview"))
    found = checkup.check(version) if version.is_draft else None
    context: dict[str, Any] = {"version": version, "framework": version.definition()}
    if found and any(not mistake.path.startswith("examples") for mistake in found.mistakes):
        return render(request, "admin/reports/try_scoring.html", context)
    return render(request, "admin/reports/try_scoring.html", context | _result(version, kept(request, version)))


def _result(version: Version, codes: dict[str, str]) -> dict[str, Any]:
    framework = version.definition()
    answers = {key: Answer(Rating(code), reason=_("Trial") if code == "NA" else "") for key, code in codes.items()}
    context = Context(organization=_("Trial"), team=str(version))
    report = compose(framework, answers, {}, context, Action.objects.definitions())
    gates = {key for level in report.score.levels for key in level.failed_gates}
    return {
        "report": report,
        "gates": [statement for key, statement in framework.statements.items() if key in gates],
        "radar": pictures.radar(report),
        "ladder": pictures.ladder(report),
    }


class VersionAdmin(versions.VersionAdmin):
    pages: Sequence[Any] = (*versions.VersionAdmin.pages, preview, try_scoring)

    def tools(self, request: HttpRequest, version: Version) -> list[Tool]:
        own = [
            Tool(_("Preview"), page_url(version, "preview")),
            Tool(_("Try scoring"), page_url(version, "try_scoring")),
        ]
        check, *others = super().tools(request, version)
        return [check, *own, *others]


admin.site.unregister(Version)
admin.site.register(Version, VersionAdmin)
