"""The real site, served as script/server serves it, and a browser that must have nothing to complain of."""

import fcntl
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, StorageState, sync_playwright

from people.demo import PASSWORD
from tests.conftest import CHROMIUM
from tests.serving import ROOT, environment, manage, served

# What a browser writes to its console when a request fails, as some tests want it to.
EXPECTED = r"Failed to load resource|^htmx:|^Response Status Error Code"
ROUNDS_FILE = "rounds.json"
LEAD = "liam@northwind.example"
OWNER = "olivia@northwind.example"
EXECUTIVE = "eva@northwind.example"
OPERATOR = "olga@northwind.example"
QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# An operator, who leads a team of another organization, and a round for every test that needs one, so that none stands
# in another's way; older than the demo's.
ROUNDS = """
import datetime, json
from assessment.models import Assessment, Round
from frameworks.models import Version
from people.models import Membership, Organization, Team, User
team, lead = Team.objects.get(slug="claims"), User.objects.get(email="{lead}")
operator = User.objects.create(
    email="{operator}", name="Olga Marsh", is_staff=True, is_superuser=True, password=lead.password
)
operator.emailaddress_set.create(email=operator.email, verified=True, primary=True)
harbour = Organization.objects.create(name="Harbour Audit", slug="harbour-audit")
auditors = Team.objects.create(organization=harbour, name="Auditors", slug="auditors")
Membership.objects.create(user=operator, organization=harbour).teams.add(auditors)

def open_round(name, team, framework):
    version = Version.objects.newest(framework)
    opened_at = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    round = Round.objects.create(organization=team.organization, version=version, name=name, opened_at=opened_at)
    return Assessment.objects.create(round=round, team=team, systems="Claims assistant")

def answer_all(assessment, lead):
    for number, key in enumerate(assessment.framework.statements):
        assessment.record_answer(key, by=lead, rating=("F", "L", "P")[number % 3])

for name in ("pillars", "keyboard", "saving", "keys"):
    open_round(name, team, "microsoft-genaiops")
answer_all(open_round("pages", team, "microsoft-genaiops"), lead)
answer_all(open_round("operator", auditors, "aim-genai"), operator)
found = Assessment.objects.filter(team__in=[team, auditors])
print(json.dumps({{row.round.name: row.get_absolute_url() for row in found}}))
"""

if CHROMIUM is None:
    collect_ignore_glob = ["test_*.py"]


@dataclass(frozen=True)
class Site:
    """`assessments` has the address of each assessment of the claims team, by the name of its round; `mail` is where
    letters go."""

    url: str
    assessments: dict[str, str]
    mail: Path


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a site, prepared by the first worker for all; to be copied."""
    own = tmp_path_factory.getbasetemp()
    prepared = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "site"
    with open(f"{prepared}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (prepared / ROUNDS_FILE).exists():
            prepare(prepared)
    return prepared


@pytest.fixture(scope="session")
def site(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Every worker serves a copy of its own."""
    data = shutil.copytree(prepared, tmp_path_factory.getbasetemp() / "served")
    with served(environment(data), workers=1) as server:
        yield Site(server.url, json.loads((data / ROUNDS_FILE).read_text()), data / "mail")


def prepare(data: Path) -> None:
    """What script/server does before it serves, and the rounds the tests need."""
    env = environment(data)
    static = subprocess.Popen(manage("collectstatic", "--no-input", "--verbosity", "0"), cwd=ROOT, env=env)
    for command in (["migrate", "--verbosity", "0"], ["load_frameworks"], ["load_demo"]):
        subprocess.run(manage(*command), cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)
    made = manage("shell", "--no-imports", "-c", ROUNDS.format(lead=LEAD, operator=OPERATOR))
    rounds = subprocess.run(made, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True).stdout
    assert static.wait() == 0
    (data / ROUNDS_FILE).write_text(rounds)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Closed with the module: while it runs, Django refuses its database in this process."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET, chromium_sandbox=os.geteuid() != 0)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def signed_in(chromium: Browser, site: Site) -> StorageState:
    """What a browser keeps once the demo's lead has signed in."""
    with chromium.new_context(base_url=site.url) as context:
        sign_in(context.new_page())
        return context.storage_state()


@pytest.fixture(scope="module")
def reading(chromium: Browser, site: Site) -> StorageState:
    """The same of the demo's executive."""
    with chromium.new_context(base_url=site.url) as context:
        sign_in(context.new_page(), EXECUTIVE)
        return context.storage_state()


@pytest.fixture(scope="module")
def owning(chromium: Browser, site: Site) -> StorageState:
    """The same of the demo's owner."""
    with chromium.new_context(base_url=site.url) as context:
        sign_in(context.new_page(), OWNER)
        return context.storage_state()


def sign_in(page: Page, email: str = LEAD) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Your organizations").wait_for()


def follow(link: Locator) -> None:
    """Clicks what leads to another page, and waits until that has loaded: what reads a page without waiting, like
    `count`, would meet the page before or half of the new one."""
    with link.page.expect_navigation():
        link.click()


@pytest.fixture
def browse(chromium: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """Opens a page in a context with the options given. Errors, breaches of the content security policy (which are
    errors on the console) and requests to other hosts fail the test; but for the errors it `bears`."""
    complaints: list[str] = []
    contexts = []

    def opened(bears: str = r"(?!)", **options: Any) -> Page:
        contexts.append(chromium.new_context(base_url=site.url, **options))
        page = contexts[-1].new_page()
        page.set_default_timeout(30_000)
        page.on("console", lambda message: note(message, bears))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: None if is_ours(request.url) else complaints.append(request.url))
        return page

    def note(message: ConsoleMessage, bears: str) -> None:
        if message.type == "error" and not re.search(bears, message.text):
            complaints.append(message.text)

    def is_ours(url: str) -> bool:
        return url.startswith((f"{site.url}/", "data:", f"blob:{site.url}/"))

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []
