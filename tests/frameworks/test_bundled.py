"""What the bundled framework files must say, and what practices and actions must offer for them."""

import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from frameworks.definition import (
    Action,
    Basis,
    Cell,
    Confidence,
    Framework,
    Overall,
    PillarsAre,
    Practice,
    Rating,
    Statement,
)
from frameworks.loading import load, load_actions, load_practices
from frameworks.scoring import score

FIXTURES = Path(__file__).parents[2] / "fixtures"
PRACTICES: tuple[Practice, ...] = load_practices((FIXTURES / "practices.yaml").read_bytes())
SLUGS = {practice.slug for practice in PRACTICES}
ACTIONS: tuple[Action, ...] = load_actions((FIXTURES / "actions.yaml").read_bytes(), SLUGS)


def framework(slug: str) -> Framework:
    return load((FIXTURES / "frameworks" / f"{slug}.yaml").read_bytes(), SLUGS)


AIM = framework("aim-genai")
BLIND_SPOTS = framework("genai-blind-spots")
CMM = framework("genai-cmm")
DATASTAX = framework("datastax-genai")
IBM = framework("ibm-genai-adoption")
MICROSOFT = framework("microsoft-genaiops")
PUBLISHED = [CMM, MICROSOFT, IBM, DATASTAX, AIM]
MODELS = [*PUBLISHED, BLIND_SPOTS]

# Names of companies and products: a statement must mean something to those who use others.
BRAND = re.compile(
    r"""\b(
    Airflow|Alation|Alexa|Amazon|Anthropic|Apple|AWS|Azure|Bard|Bedrock|ChatGPT|Chroma|Claude|Cohere|Collibra|
    Copilot|Databricks|DataStax|Datadog|DeepSeek|Docker|Dynatrace|Elasticsearch|Excel|FAISS|Flink|Gemini|GitHub|
    GitLab|Google|Grafana|Grok|Groq|Hugging|IBM|Jenkins|Jira|Kafka|Kubernetes|LangChain|LangGraph|LangSmith|Llama|
    LlamaIndex|Microsoft|Midjourney|Milvus|Mistral|MLflow|Notion|Nvidia|Ollama|OpenAI|Outlook|Perplexity|Pinecone|
    PowerPoint|Prometheus|Pulsar|Qdrant|Qwen|Redis|Sagemaker|Salesforce|SAP|ServiceNow|SharePoint|Slack|Snowflake|
    Splunk|Vertex|Watson|Watsonx|Weaviate|xAI|ZenML|Zendesk
    )\b""",
    re.VERBOSE,
)

# What an action may begin with: it is something to do.
VERB = re.compile(
    r"""(
    Add|Agree|Announce|Ask|Assess|Attack|Balance|Begin|Bring|Build|Calculate|Charge|Choose|Compare|Confirm|Connect|
    Decide|Define|Draw|Drive|Extend|Fill|Find|Fine-tune|Foresee|Form|Found|Fund|Give|Hold|Introduce|Invent|Keep|
    Let|License|List|Look|Manage|Map|Mark|Match|Measure|Move|Name|Open|Plan|Prepare|Publish|Put|Rank|Rebuild|
    Register|Rehearse|Renew|Rent|Review|Run|Schedule|Score|Secure|Set|Share|Sign|Staff|State|Support|Tag|Test|
    Thank|Tie|Train|Try|Turn|Work|Write
    )\ """,
    re.VERBOSE,
)

every = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.slug)
published = pytest.mark.parametrize("model", PUBLISHED, ids=lambda model: model.slug)


def cells_of(model: Framework) -> dict[str, set[int]]:
    """The levels each pillar covers."""
    return {pillar.slug: {cell.level for cell in model.in_pillar(pillar.slug)} for pillar in model.pillars}


def bases_of(model: Framework, basis: Basis) -> set[tuple[str, int]]:
    return {(cell.pillar, cell.level) for cell in model.cells if cell.basis is basis}


def below_the_top(model: Framework) -> Iterator[Statement]:
    for cell in model.cells:
        if cell.level < len(model.levels):
            yield from cell.statements


def actions_on(statement: Statement) -> list[Action]:
    """The actions that advance its practice."""
    return [action for action in ACTIONS if statement.practice in action.practices]


def essentials(model: Framework) -> dict[str, Statement]:
    return {key: statement for key, statement in model.statements.items() if statement.essential}


def example(model: Framework, start: str) -> dict[str, Rating]:
    return next(example.ratings for example in model.examples if example.name.startswith(start))


def test_microsoft_levels_are_its_own_in_order() -> None:
    assert [(level.number, level.name) for level in MICROSOFT.levels] == [
        (1, "Initial"),
        (2, "Defined"),
        (3, "Managed"),
        (4, "Optimized"),
    ]
    assert (MICROSOFT.entry_level, MICROSOFT.overall, MICROSOFT.pillars_are) == (1, Overall.LEVELS, PillarsAre.GROUPED)


def test_datastax_levels_are_its_own_in_order() -> None:
    assert [(level.number, level.name) for level in DATASTAX.levels] == [
        (1, "Beginning"),
        (2, "Responsive"),
        (3, "Proactive"),
        (4, "Leading"),
    ]
    assert (DATASTAX.entry_level, DATASTAX.overall) == (1, Overall.WEAKEST_PILLAR)
    assert DATASTAX.pillars_are is PillarsAre.OFFICIAL


def test_cmm_levels_are_its_own_in_order() -> None:
    assert [(level.number, level.name) for level in CMM.levels] == [
        (1, "Awareness and Education"),
        (2, "Exploration and Experimentation"),
        (3, "Integration and Application"),
        (4, "Optimization and Enhancement"),
        (5, "Leadership and Transformation"),
    ]
    assert (CMM.entry_level, CMM.overall, CMM.pillars_are) == (0, Overall.LEVELS, PillarsAre.GROUPED)


def test_ibm_levels_are_numbered_phases_and_the_words_behind_are_ours() -> None:
    assert [level.number for level in IBM.levels] == [1, 2, 3, 4, 5]
    assert [level.name for level in IBM.levels if not re.fullmatch(rf"Phase {level.number} \(.+\)", level.name)] == []
    assert (IBM.entry_level, IBM.overall, IBM.pillars_are) == (1, Overall.LEVELS, PillarsAre.GROUPED)
    assert any("phases" in limit.lower() and "our" in limit for limit in IBM.limits)


def test_aim_levels_are_its_own_in_order() -> None:
    assert [(level.number, level.name) for level in AIM.levels] == [
        (1, "Exploration"),
        (2, "Experimentation"),
        (3, "Implementation"),
        (4, "Integration"),
        (5, "Transformation"),
    ]
    assert (AIM.entry_level, AIM.overall, AIM.pillars_are) == (0, Overall.LEVELS, PillarsAre.GROUPED)


def test_blind_spots_are_our_own_and_say_so() -> None:
    assert (BLIND_SPOTS.publisher, BLIND_SPOTS.entry_level, BLIND_SPOTS.pillars_are) == (
        "Waymark",
        0,
        PillarsAre.GROUPED,
    )
    assert len(BLIND_SPOTS.pillars) == 6
    assert 3 <= len(BLIND_SPOTS.levels) <= 4


def test_microsoft_covers_every_cell_but_organization_at_level_2() -> None:
    assert cells_of(MICROSOFT) == {
        "prompts": {1, 2, 3, 4},
        "augmentation": {1, 2, 3, 4},
        "evaluation": {1, 2, 3, 4},
        "deployment": {1, 2, 3, 4},
        "monitoring": {1, 2, 3, 4},
        "organization": {1, 3, 4},
    }


def test_datastax_covers_fourteen_cells() -> None:
    assert cells_of(DATASTAX) == {
        "contextualization": {1, 2, 3, 4},
        "architecture": {1, 2, 3},
        "culture-talent": {2, 3, 4},
        "trust": {1, 2, 3, 4},
    }


def test_cmm_covers_twenty_two_cells() -> None:
    assert cells_of(CMM) == {
        "literacy": {1, 2, 4, 5},
        "value": {1, 2, 3, 4, 5},
        "technology": {2, 3, 4, 5},
        "improvement": {2, 3, 4, 5},
        "responsible-ai": {1, 2, 3, 4, 5},
    }


def test_ibm_covers_twenty_one_cells() -> None:
    assert cells_of(IBM) == {
        "models": {1, 2, 3, 4, 5},
        "data": {2, 3, 4},
        "governance": {1, 2, 3, 4, 5},
        "strategy": {1, 2, 3, 4, 5},
        "measurement": {3, 4, 5},
    }


def test_aim_covers_thirteen_cells() -> None:
    assert cells_of(AIM) == {
        "solutions": {1, 2, 3, 4, 5},
        "adoption": {3, 4, 5},
        "teams": {1, 2},
        "external": {4},
        "advantage": {4, 5},
    }


def test_microsoft_cells_say_how_well_they_are_supported() -> None:
    assert bases_of(MICROSOFT, Basis.FLOOR) == {("evaluation", 1), ("deployment", 1), ("monitoring", 1)}
    assert bases_of(MICROSOFT, Basis.WEAK) == {
        ("organization", 1),
        ("deployment", 2),
        ("monitoring", 2),
        ("augmentation", 3),
        ("organization", 3),
    }
    assert len(bases_of(MICROSOFT, Basis.STATED)) == 15


def test_datastax_cells_are_inferred_where_the_account_names_no_pillar() -> None:
    assert bases_of(DATASTAX, Basis.STATED) == {("architecture", 1), ("trust", 3), ("trust", 4)}
    assert len(bases_of(DATASTAX, Basis.INFERRED)) == 11


def test_cmm_cells_say_how_well_they_are_supported() -> None:
    assert bases_of(CMM, Basis.WEAK) == {
        ("value", 1),
        ("responsible-ai", 1),
        ("improvement", 2),
        ("improvement", 3),
        ("technology", 5),
    }
    assert bases_of(CMM, Basis.CROSS_CUTTING) == {
        ("responsible-ai", 2),
        ("responsible-ai", 4),
        ("responsible-ai", 5),
        ("improvement", 5),
    }
    assert len(bases_of(CMM, Basis.STATED)) == 13


def test_ibm_cells_say_how_well_they_are_supported() -> None:
    assert bases_of(IBM, Basis.FLOOR) == {("governance", 1)}
    assert bases_of(IBM, Basis.WEAK) == {("data", 4)}
    assert len(bases_of(IBM, Basis.STATED)) == 19


def test_aim_cells_say_how_well_they_are_supported() -> None:
    assert bases_of(AIM, Basis.WEAK) == {("teams", 1), ("advantage", 4)}
    assert len(bases_of(AIM, Basis.STATED)) == 11


def test_ibm_extract_is_a_source_only_of_what_is_known_from_it_alone() -> None:
    assert [f"{cell.pillar}-{cell.level}" for cell in IBM.cells if "ibm-extract" in cell.sources] == [
        "models-1",
        "governance-1",
        "models-2",
        "governance-2",
        "models-3",
        "measurement-3",
        "governance-4",
        "models-5",
        "governance-5",
    ]


def test_microsoft_statements_on_company_data_say_when_they_do_not_apply() -> None:
    on_data = re.compile("retriev|document|company data", re.IGNORECASE)
    asked = [statement for statement in MICROSOFT.statements.values() if on_data.search(statement.text)]
    assert [statement.key for statement in asked if "Does not apply" not in statement.help] == []
    assert len(asked) == 6


@published
def test_source_is_second_hand_unless_it_was_read(model: Framework) -> None:
    original = [source.id for source in model.sources if source.confidence is Confidence.ORIGINAL]
    assert original == (["azure-blog", "microsoft-learn"] if model is MICROSOFT else [])


@pytest.mark.parametrize(
    ("total", "level"), [(0, 1), (9, 1), (10, 2), (14, 2), (15, 3), (19, 3), (20, 4), (28, 4), (29, None)]
)
def test_microsoft_official_total_maps_to_its_band(total: int, level: int | None) -> None:
    assert MICROSOFT.official_level(total) == level


def test_official_bands_are_microsofts_alone() -> None:
    assert [model.slug for model in MODELS if model.official_bands] == ["microsoft-genaiops"]


@pytest.mark.parametrize(
    ("model", "least", "most"),
    [(CMM, 40, 50), (MICROSOFT, 45, 55), (IBM, 40, 50), (DATASTAX, 28, 36), (AIM, 24, 30), (BLIND_SPOTS, 18, 26)],
    ids=lambda value: getattr(value, "slug", ""),
)
def test_questionnaire_is_neither_thin_nor_long(model: Framework, least: int, most: int) -> None:
    assert least <= len(model.statements) <= most


@every
def test_every_level_asks_at_least_three_things(model: Framework) -> None:
    assert [level.name for level in model.levels if len(list(model.at_level(level.number))) < 3] == []


@every
def test_cell_asks_three_things_at_most(model: Framework) -> None:
    assert [cell.fact for cell in model.cells if len(cell.statements) > 3] == []


@every
def test_key_names_pillar_and_level(model: Framework) -> None:
    assert [
        statement.key
        for cell in model.cells
        for statement in cell.statements
        if not re.fullmatch(rf"{cell.pillar}-{cell.level}-[a-z]+", statement.key)
    ] == []


@every
def test_statement_text_is_one_short_sentence(model: Framework) -> None:
    assert [
        text
        for text in (statement.text for statement in model.statements.values())
        if len(text.split()) > 20 or not text.endswith(".") or text.count(".") > 1
    ] == []


@every
def test_statement_text_asks_one_thing(model: Framework) -> None:
    joined = re.compile(r"\b(and|or|fully|partially|partly)\b|/", re.IGNORECASE)
    assert [key for key, statement in model.statements.items() if joined.search(statement.text)] == []


@every
def test_statement_and_its_help_name_no_brand(model: Framework) -> None:
    assert [
        (key, BRAND.findall(text))
        for key, statement in model.statements.items()
        for text in (statement.text, statement.help, *statement.evidence)
        if BRAND.search(text)
    ] == []


def test_no_two_statements_share_a_text() -> None:
    texts = Counter(statement.text.casefold() for model in MODELS for statement in model.statements.values())
    assert [text for text, count in texts.items() if count > 1] == []


@every
def test_statement_has_help_and_two_or_three_pieces_of_evidence(model: Framework) -> None:
    assert [
        key
        for key, statement in model.statements.items()
        if not statement.help or len(statement.evidence) not in (2, 3) or not all(statement.evidence)
    ] == []


@every
def test_effort_and_weight_tell_statements_apart(model: Framework) -> None:
    assert {statement.effort for statement in model.statements.values()} == {1, 2, 3}
    assert {statement.weight for statement in model.statements.values()} == {1, 2}


def test_microsoft_essentials_are_these() -> None:
    assert list(essentials(MICROSOFT)) == [
        "prompts-1-simple",
        "augmentation-1-trial",
        "prompts-2-templates",
        "augmentation-2-rag",
        "evaluation-2-metrics",
        "prompts-3-trace",
        "evaluation-3-batch",
        "deployment-3-ci",
        "monitoring-3-metrics",
        "evaluation-4-cost",
        "deployment-4-approval",
        "monitoring-4-drift",
        "organization-4-realign",
    ]


def test_datastax_essentials_are_these_and_none_at_level_4() -> None:
    assert list(essentials(DATASTAX)) == [
        "contextualization-1-foundation",
        "trust-1-access",
        "architecture-2-vectors",
        "trust-2-guardrails",
        "contextualization-3-feedback",
        "architecture-3-tests",
        "trust-3-ethics",
    ]


@every
def test_cell_has_one_essential_at_most(model: Framework) -> None:
    def count(cell: Cell) -> int:
        return sum(statement.essential for statement in cell.statements)

    assert [cell.fact for cell in model.cells if count(cell) > 1] == []


EXTENSIONS = {practice.slug for practice in PRACTICES if practice.extension}


def practices_of(model: Framework) -> set[str]:
    return {str(statement.practice) for statement in model.statements.values()}


@every
def test_every_statement_names_a_practice(model: Framework) -> None:
    assert practices_of(model) <= SLUGS


@published
def test_published_model_asks_for_no_extension(model: Framework) -> None:
    assert practices_of(model) & EXTENSIONS == set()


def test_blind_spots_ask_for_every_extension() -> None:
    assert practices_of(BLIND_SPOTS) >= EXTENSIONS


@every
def test_required_rating_never_falls_as_a_practice_recurs(model: Framework) -> None:
    asked: dict[str, list[Fraction]] = {}
    for level in model.levels:
        for statement in model.at_level(level.number):
            asked.setdefault(str(statement.practice), []).append(statement.required.worth or Fraction(0))
    assert {practice for practice, worths in asked.items() if worths != sorted(worths)} == set()
    assert {worths[-1] for worths in asked.values()} == {Fraction(1)}


@every
def test_statement_below_the_top_level_reaches_two_actions(model: Framework) -> None:
    assert [statement.key for statement in below_the_top(model) if len(actions_on(statement)) < 2] == []


@every
def test_statement_at_the_top_level_reaches_an_action(model: Framework) -> None:
    top = model.at_level(len(model.levels))
    assert [statement.key for statement in top if not actions_on(statement)] == []


@every
def test_examples_show_all_nothing_and_a_gate(model: Framework) -> None:
    names = [example.name for example in model.examples]
    assert names[:2] == ["Everything is in place", "Nothing is in place"]
    assert len(names) >= 4


@every
def test_example_with_everything_in_place_reaches_the_top(model: Framework) -> None:
    result, top = score(model, example(model, "Everything")), len(model.levels)
    assert (result.level, result.secured_level, result.achievement) == (top, top, Fraction(1))
    assert result.coverage == Fraction(1)


@every
def test_example_with_nothing_in_place_stays_at_the_entry_level(model: Framework) -> None:
    result = score(model, example(model, "Nothing"))
    assert (result.level, result.secured_level) == (model.entry_level, model.entry_level)
    assert (result.achievement, result.coverage) == (Fraction(0), Fraction(1))


@pytest.mark.parametrize(
    ("model", "gate"),
    [
        (MICROSOFT, "deployment-3-ci"),
        (IBM, "governance-3-board"),
        (DATASTAX, "trust-3-ethics"),
        (CMM, "responsible-ai-3-review"),
        (AIM, "adoption-3-functions"),
        (BLIND_SPOTS, "prompts-2-versions"),
    ],
    ids=lambda value: getattr(value, "slug", ""),
)
def test_one_missing_essential_keeps_a_high_average_from_a_level(model: Framework, gate: str) -> None:
    ratings, level = example(model, "Level "), model.cell_of[gate].level
    assert ratings[gate] in (Rating.N, Rating.P)
    assert score(model, ratings).level == level - 1
    assert score(model, ratings | {gate: Rating.L}).level == level


@every
def test_an_example_has_a_rating_that_is_not_known_and_one_that_does_not_apply(model: Framework) -> None:
    mixed = [list(example.ratings.values()) for example in model.examples]
    assert [ratings for ratings in mixed if Rating.NA in ratings and Rating.DK in ratings] != []


@published
def test_framework_says_that_agents_are_outside(model: Framework) -> None:
    assert any("agents" in limit for limit in model.limits)


@pytest.mark.parametrize("model", [MICROSOFT, IBM, DATASTAX, AIM], ids=lambda model: model.slug)
def test_framework_says_whose_it_is(model: Framework) -> None:
    assert f"no endorsement by {model.publisher} is implied" in " ".join(model.licence_note.split())


def test_practices_are_sixty_with_three_extensions() -> None:
    assert len(PRACTICES) == 60
    assert {"bounded-agents", "vendor-independence", "ip-due-diligence"} == EXTENSIONS


def test_practice_is_told_in_one_sentence() -> None:
    sentence = re.compile(r"[A-Z][^.!?]{20,160}\.")
    assert [practice.slug for practice in PRACTICES if not sentence.fullmatch(practice.summary)] == []


def test_practice_is_advanced_by_something_to_do() -> None:
    advanced = {slug for action in ACTIONS if action.kind != "pitfall" for slug in action.practices}
    assert SLUGS - advanced == set()


def test_actions_hold_every_row_of_their_sources() -> None:
    assert Counter(action.source.title for action in ACTIONS) == {
        "GenAI implementation roadmap": 20,
        "Microsoft Learn training on a generative AI center of excellence": 15,
        "Unlocking the value of generative AI: a guide for tech leaders": 16,
        "Microsoft GenAIOps maturity model": 12,
        "IBM maturity model for GenAI adoption": 5,
        "ZenML: everything you ever wanted to know about LLMOps maturity models": 8,
        "Five-layer CMM for generative AI": 6,
        "Technology's generational moment with generative AI: a CIO and CTO guide": 5,
        "Cloud Adoption Framework: establish an AI center of excellence": 4,
        "Microsoft Learn: guide AI workload operations with an AI center of excellence": 1,
        "Waymark": 36,
    }


def test_action_begins_with_a_verb() -> None:
    titles = [action.title for action in ACTIONS if action.kind != "pitfall"]
    assert [title for title in titles if not VERB.match(title)] == []


def test_action_names_no_brand() -> None:
    texts = {action.key: f"{action.title} {action.detail} {action.output} {action.kpi}" for action in ACTIONS}
    assert [key for key, text in texts.items() if BRAND.search(text)] == []


def test_action_titles_are_short_and_unique() -> None:
    titles = [action.title for action in ACTIONS]
    assert [title for title in titles if len(title) > 70 or title.endswith(".")] == []
    assert len(set(titles)) == len(titles)


def test_pitfall_says_what_to_avoid() -> None:
    pitfalls = [action.title for action in ACTIONS if action.kind == "pitfall"]
    assert len(pitfalls) == 3
    assert [title for title in pitfalls if not title.startswith("Do not ")] == []


def test_action_is_complete_and_credited() -> None:
    assert [
        action.key
        for action in ACTIONS
        if not all((action.detail, action.owner, action.output, action.kpi, action.practices, action.source.note))
    ] == []


def test_figure_in_a_roadmap_kpi_is_marked_as_an_editable_default() -> None:
    roadmap = [action for action in ACTIONS if action.source.title == "GenAI implementation roadmap"]
    assert len(roadmap) == 20
    figures = [action for action in roadmap if re.search(r"\d", action.kpi)]
    assert [action.key for action in figures if "editable defaults" not in action.source.note] == []
