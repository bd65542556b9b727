"""What every module, template and address keeps to, read from the files themselves."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import DateField, DateTimeField, Field
from django.urls import URLPattern, URLResolver, get_resolver

ROOT: Path = settings.BASE_DIR
MAY_IMPORT = {
    "config": {"reports", "assessment", "frameworks", "people"},
    "reports": {"assessment", "frameworks", "people"},
    "assessment": {"frameworks", "people"},
    "frameworks": set(),
    "people": set(),
}
PURE = [
    "frameworks.definition",
    "frameworks.differences",
    "frameworks.difference_tree",
    "frameworks.loading",
    "frameworks.dumping",
    "frameworks.scoring",
    "frameworks.planning",
    "frameworks.consistency",
    "frameworks.crosswalk",
    "assessment.aggregation",
    "assessment.carrying",
    "assessment.statement_figures",
]
VAGUE_NAMES = {"core", "common", "utils", "helpers", "services", "managers"}

# Addresses that show no page of their own, and what they do instead.
DEEDS = {
    "submit": "hands an assessment in, then leads to its confirmation",
    "earlier_report_pdf": "sends a file that was stored",
    "report_pdf": "sends a file; templates/reports/report_pdf.html is what it is made of",
    "plan_csv": "sends a file of what the page shows",
    "round_plan_csv": "sends a file of what the page shows",
    "audit_csv": "sends a file of what the page shows",
    "report_file": "sends a file in one of the formats of reports/formats.py",
    "round_report_file": "sends a file in one of the formats of reports/formats.py",
    "round_report_pdf": "sends a file; templates/reports/round_report_pdf.html is what it is made of",
    "verify": "marks an answer as verified, then leads back to its pillar",
    "remind": "sends mails, then leads back to the round",
    "archive_team": "keeps a team out of what is new, then leads back to the list",
    "restore_team": "lets a team take part again, then leads back to the list",
    "remove_member": "removes a person, then leads back to the list",
    "resend_invitation": "sends a new letter, then leads back to the list",
    "revoke_invitation": "makes a letter worthless, then leads back to the list",
}

# Files that put text into a page unescaped, each with the reason why that is safe.
UNESCAPED: dict[str, str] = {
    "templates/assessment/mail/reminder.txt": "plain text, which has nothing to escape",
    "templates/account/email/base_message.txt": "plain text, which has nothing to escape",
    "templates/people/mail/invitation.txt": "plain text, which has nothing to escape",
}

MODULES = sorted(path for app in MAY_IMPORT for path in (ROOT / app).rglob("*.py"))
SOURCES = [*MODULES, *sorted(path for path in (ROOT / "templates").rglob("*.*") if path.is_file())]


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


each_module = pytest.mark.parametrize("path", MODULES, ids=shown)


def imports(tree: ast.AST) -> Iterator[ast.Import | ast.ImportFrom]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom))


def imported(path: Path) -> set[str]:
    """The dotted names of all modules a file imports; `from a import b` gives both a and a.b."""
    names: set[str] = set()
    for node in imports(ast.parse(path.read_text())):
        names |= {alias.name for alias in node.names} if isinstance(node, ast.Import) else _from(node)
    return names


def _from(node: ast.ImportFrom) -> set[str]:
    module = node.module or ""
    return {module} | {f"{module}.{alias.name}" for alias in node.names}


def file_of(module: str) -> Path:
    return ROOT / f"{module.replace('.', '/')}.py"


def with_support(modules: list[str]) -> set[str]:
    """The modules and all of ours they rest on."""
    found: set[str] = set()
    waiting = list(modules)
    while waiting:
        module = waiting.pop()
        if module not in found and file_of(module).exists():
            found.add(module)
            waiting += imported(file_of(module))
    return found


@each_module
def test_module_imports_only_from_apps_to_its_right(path: Path) -> None:
    app = path.relative_to(ROOT).parts[0]
    others = {name.split(".")[0] for name in imported(path)} & set(MAY_IMPORT) - {app}
    assert others <= MAY_IMPORT[app]


@each_module
def test_module_imports_at_its_top_and_by_full_name(path: Path) -> None:
    tree = ast.parse(path.read_text())
    assert [node.lineno for node in imports(tree) if node not in tree.body] == []
    assert [node.lineno for node in imports(tree) if isinstance(node, ast.ImportFrom) and node.level] == []


@pytest.mark.parametrize("module", sorted(with_support(PURE)))
def test_pure_module_knows_no_django(module: str) -> None:
    assert {name for name in imported(file_of(module)) if name.split(".")[0] == "django"} == set()


def test_pure_modules_are_there() -> None:
    assert [module for module in PURE if not file_of(module).exists()] == []
    assert with_support(PURE) > set(PURE)


@each_module
def test_module_is_named_after_what_it_holds(path: Path) -> None:
    assert VAGUE_NAMES.isdisjoint([path.stem, *path.relative_to(ROOT).parts])


def fields() -> list[Field]:
    models = [model for model in apps.get_models() if model._meta.app_label in MAY_IMPORT]
    return [field for model in models for field in model._meta.get_fields() if isinstance(field, Field)]


def test_datetimes_end_in_at() -> None:
    names = {field.name for field in fields() if isinstance(field, DateTimeField)}
    assert {name for name in names if not name.endswith("_at")} == {"last_login", "history_date"}  # others' own


def test_dates_end_in_on() -> None:
    dates = [field for field in fields() if isinstance(field, DateField) and not isinstance(field, DateTimeField)]
    assert {field.name for field in dates if not field.name.endswith("_on")} == set()


def patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    """Our own addresses, without those Django's administration makes of our models."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver) and pattern.namespace != "admin":
            yield from patterns(pattern)
        elif isinstance(pattern, URLPattern) and pattern.callback.__module__.split(".")[0] in MAY_IMPORT:
            yield pattern


@pytest.mark.parametrize("pattern", list(patterns(get_resolver())), ids=lambda pattern: pattern.name)
def test_address_view_and_template_share_one_name(pattern: URLPattern) -> None:
    assert pattern.callback.__name__ == pattern.name
    assert pattern.name in DEEDS or list((ROOT / "templates").glob(f"*/{pattern.name}.html")) != []


def test_list_of_deeds_is_current() -> None:
    assert set(DEEDS) <= {pattern.name for pattern in patterns(get_resolver())}


def lines_with(bypass: str, paths: list[Path]) -> list[str]:
    """`path:line` of every match."""
    return [
        f"{shown(path)}:{number}"
        for path in paths
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if re.search(bypass, line)
    ]


def test_text_is_escaped_but_for_a_few_places() -> None:
    bypass = r"\|\s*safe(seq)?\b|autoescape\s+off|mark_safe|SafeString\(|SafeText|__html__"
    assert {line.split(":")[0] for line in lines_with(bypass, SOURCES)} == set(UNESCAPED)


def test_no_view_is_exempt_from_the_check_of_forms() -> None:
    assert lines_with("csrf_exempt", SOURCES) == []


@pytest.mark.parametrize("path", sorted((ROOT / "templates").rglob("*.html")), ids=shown)
def test_form_that_writes_has_a_token(path: Path) -> None:
    forms = re.findall(r"<form\b.*?</form>", path.read_text(), re.DOTALL | re.IGNORECASE)
    writing = [form for form in forms if re.search(r'method="post"', form, re.IGNORECASE)]
    assert [form for form in writing if "csrf_token" not in form] == []
