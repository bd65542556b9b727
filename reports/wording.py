"""The sentences that say what a report found. Page, PDF and command say the same because all of them ask here."""

from collections import Counter
from datetime import date
from fractions import Fraction
from math import floor

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from frameworks.definition import Cell, Statement
from frameworks.planning import Advice, GapItem, Raise, Reason
from frameworks.scoring import Band
from frameworks.wording import rating_label
from reports.report import PillarResult, Report, State
from reports.round_report import RoundReport

NBSP = "\N{NO-BREAK SPACE}"
FINDING_LIMIT = 90


def level(number: int, name: str | None) -> str:
    """ "level 2, Defined"; "not yet at level 1" at 0."""
    if number == 0:
        return _("not yet at level 1")
    label = _("level %(number)d") % {"number": number}
    return (f"{label}, {name}" if name else label).replace("level ", f"level{NBSP}")


def headline(report: Report) -> str:
    """The level in one sentence, with what limits it."""
    score = report.score
    is_open = score.level_high > score.level
    said = open_headline(report) if is_open else capitalized(level(score.level, report.level_name))
    return ", ".join([said, *limits(report)])


def limits(report: Report, names: int | None = None) -> list[str]:
    """What a reader must know beside the level, in a few words each. More pillars than `names` are only counted."""
    found = []
    if report.score.limited_scope:
        found.append(_("within limited scope") + _limited_pillars(report, names))
    if not report.score.complete:
        found.append(_("incomplete"))
    if report.context.state is State.UNSUBMITTED:
        found.append(_("never submitted"))
    return found


def open_headline(report: Report) -> str:
    count = len(report.open_statements)
    low, high = report.score.level, report.score.level_high
    span = {
        "low": level(low, report.level_name),
        "high": level(high, report.framework.level_name(high)),
        "count": count,
    }
    if low == 0:
        text = ngettext(
            "Not yet at level 1, up to %(high)s: %(count)d answer open",
            "Not yet at level 1, up to %(high)s: %(count)d answers open",
            count,
        )
    else:
        text = ngettext(
            "At least %(low)s, up to %(high)s: %(count)d answer open",
            "At least %(low)s, up to %(high)s: %(count)d answers open",
            count,
        )
    return text % span


def _limited_pillars(report: Report, most: int | None) -> str:
    names = [found.pillar.name for found in report.pillars if found.score.limited_scope]
    if not names:
        return ""
    is_short = most is None or len(names) <= most
    which = joined(names) if is_short else _("%(count)d pillars") % {"count": len(names)}
    return " (" + _("%(pillars)s partly excluded") % {"pillars": which} + ")"


def secured(report: Report) -> str:
    """Which level is secured: almost everything below it is in place."""
    score = report.score
    if score.level == report.framework.entry_level:
        return _("This model grants level 1 to everybody.") if score.level else ""
    if score.secured_level == score.level:
        return _("Level %(level)d is secured.") % {"level": score.level}
    return _("Secured to level %(level)d.") % {"level": score.secured_level}


def blocked(report: Report) -> str:
    """What stands before the next level, as a count; or that there is none."""
    if report.next_level is None:
        if report.score.level < report.top_level:
            return _("No higher level can be rated: what it asks does not apply.")
        return _("This is the highest level of the model.")
    ahead, count = level(report.next_level, report.next_level_name), len(report.why_not)
    return ngettext(
        "%(count)d statement stands in the way of %(level)s.",
        "%(count)d statements stand in the way of %(level)s.",
        count,
    ) % {"count": count, "level": ahead}


def first_obstacle(report: Report) -> str:
    """What stands in the way of the next level before all else, in the words of the model."""
    found = report.why_not[:1]
    return "".join(_("First in the way: %(statement)s") % {"statement": item.statement.text} for item in found)


def share(report: Report) -> str:
    """The achievement of the whole: it may rise while the level stays."""
    low, high = percent(report.score.achievement), percent(report.score.achievement_high)
    if low == high:
        return _("%(low)s of what this model asks is in place.") % {"low": low}
    return _("%(low)s of what this model asks is in place, and up to %(high)s once all is answered.") % {
        "low": low,
        "high": high,
    }


def way(report: Report) -> str:
    """The shortest way to the next level, as a count of small efforts."""
    if report.way is None:
        return ""
    count = len(report.way.raises)
    return ngettext(
        "Raising %(count)d statement leads to %(level)s.", "Raising %(count)d statements leads to %(level)s.", count
    ) % {"count": count, "level": level(report.way.number, report.framework.level_name(report.way.number))}


def coverage(report: Report) -> str:
    text = _("%(answered)d of %(total)d statements answered") % {
        "answered": report.answered,
        "total": len(report.framework.statements),
    }
    if not report.score.complete:
        return _("Incomplete: only %(coverage)s") % {"coverage": text}
    return text


def finding(report: Report) -> str:
    """The report's title: the level, its limits, and the pillars that hold it back as far as they fit."""
    place = ", ".join([_place(report), *limits(report, names=2)])
    names = _holding_back(report)
    if not names:
        return place
    if len(names) <= 2:
        text = ngettext("%(place)s: %(pillars)s holds it back", "%(place)s: %(pillars)s hold it back", len(names))
        named = text % {"place": place, "pillars": joined(names)}
        if len(named) <= FINDING_LIMIT:
            return named
    text = ngettext(
        "%(place)s: %(count)d pillar holds it back", "%(place)s: %(count)d pillars hold it back", len(names)
    )
    return text % {"place": place, "count": len(names)}


def _place(report: Report) -> str:
    figures = {
        "level": report.score.level,
        "high": report.score.level_high,
        "top": report.top_level,
        "name": report.level_name,
    }
    match report.score.level, report.score.level_high > report.score.level:
        case 0, True:
            return _("Not yet at level 1 of %(top)d, up to %(high)d") % figures
        case 0, False:
            return _("Not yet at level 1 of %(top)d") % figures
        case _, True:
            return _("At least level %(level)d of %(top)d, up to %(high)d") % figures
    return _("Level %(level)d of %(top)d, %(name)s") % figures


def _holding_back(report: Report) -> list[str]:
    """The pillars of the failed gates, or where none fails of every obstacle, in the order of the model."""
    gates = [item for item in report.why_not if item.reason is Reason.GATE]
    slugs = {item.cell.pillar for item in gates or report.why_not}
    return [pillar.name for pillar in report.framework.pillars if pillar.slug in slugs]


def in_the_way(report: Report) -> Counter[str]:
    """How many statements of each pillar, by slug, stand in the way of the next level."""
    return Counter(item.cell.pillar for item in report.why_not)


def context(report: Report) -> str:
    """Who was assessed on what, and when."""
    said = report.context
    who = said.team or said.organization
    sentences = [_("%(who)s, measured against %(framework)s.") % {"who": who, "framework": framework(report)}]
    if said.systems or said.units:
        scope = "; ".join(part for part in (said.systems, said.units) if part)
        sentences.append(_("In scope: %(scope)s.") % {"scope": scope.rstrip(".")})
    if said.period:
        sentences.append(_("The answers describe %(period)s.") % {"period": said.period.rstrip(".")})
    return " ".join(sentences)


def framework(report: Report | RoundReport) -> str:
    return f"{report.framework.name} {report.framework.version}"


def confidence(report: Report) -> str:
    """What the result rests on: coverage, who, when, and whether it may still change."""
    said = report.context
    parts = [coverage(report)]
    if said.submitted_by:
        parts.append(_("submitted by %(name)s") % {"name": said.submitted_by})
    if said.as_of:
        parts.append(report_date(report))
    parts.append(_("self-assessed, not a certification"))
    if said.state is not State.CLOSED:
        parts.append(state(report))
    return "; ".join(parts) + "."


def state(report: Report) -> str:
    """Whether the report may still change."""
    said = report.context
    if said.state.is_provisional:
        return _("provisional: the round is still open")
    if said.state is State.UNSUBMITTED:
        return _("never submitted: the round was closed before")
    return _("closed") if said.round else _("scored from a file")


def mark(report: Report) -> str:
    """The word that stands on every page of a report that is not final; "" on others."""
    if report.context.state.is_provisional:
        return _("Provisional")
    return _("Not submitted") if report.context.state is State.UNSUBMITTED else ""


def report_date(report: Report | RoundReport) -> str:
    """The day the report speaks of, or ""."""
    if report.context.as_of is None:
        return ""
    return day(localtime(report.context.as_of))


def day(value: date) -> str:
    """ "20 Nov 2026"."""
    return date_format(value, "j M Y").replace(" ", NBSP)


def decision(report: Report) -> str:
    """What the lead asks for; else what follows from the report."""
    if report.context.decision:
        return report.context.decision
    targets = _("Confirm the targets.") if report.targets else _("Set a target for each pillar.")
    count = len(report.first_advice)
    owners = ngettext("Name an owner for the action.", "Name an owner for each of the %(count)d actions.", count)
    return f"{targets} {owners % {'count': count}}" if count else targets


def gap_reason(item: GapItem) -> str:
    """Why a statement is in the gap list, in words."""
    return {
        Reason.GATE: _("Essential: without it the level does not hold"),
        Reason.BLOCKS: _("Stands in the way of the next level"),
        Reason.NEXT_LEVEL: _("Belongs to the next level"),
        Reason.LATER: _("For later"),
    }[item.reason]


def obstacle(item: GapItem) -> str:
    """What a statement in the gap stands at: "Partly in place: Releases are tested."."""
    return _("%(rating)s: %(statement)s") % {"rating": rating_label(item.rating), "statement": item.statement.text}


def need(report: Report, item: GapItem) -> str:
    """The answer that would be enough, for a statement on the shortest way; a dash for others."""
    raises = {} if report.way is None else {step.statement: step.after for step in report.way.raises}
    return rating_label(raises[item.statement.key]) if item.statement.key in raises else "–"


def raising(report: Report, step: Raise) -> str:
    """A step of the shortest way."""
    return _("Raise “%(statement)s” from “%(before)s” to “%(after)s”.") % {
        "statement": shortened(report.statement(step.statement)),
        "before": rating_label(step.before),
        "after": rating_label(step.after),
    }


def band(letter: Band) -> str:
    """What a cell's letter means."""
    return {
        "N": _("not in place"),
        "P": _("partly in place"),
        "L": _("largely in place"),
        "F": _("fully in place"),
    }[letter]


def official(report: Report) -> str:
    """The publisher's own score beside ours; "" where nobody typed one in."""
    total = report.context.official_total
    reached = None if total is None else report.framework.official_level(total)
    if reached is None:
        return ""
    return _("The publisher's own questionnaire gave %(total)d points, which it counts as %(level)s.") % {
        "total": total,
        "level": level(reached, report.framework.level_name(reached)),
    }


def place(report: Report, cell: Cell) -> str:
    return _("%(pillar)s, level %(level)d") % {"pillar": report.framework.pillar(cell.pillar).name, "level": cell.level}


def horizon(advice: Advice) -> str:
    """When to begin."""
    first = first_month(advice)
    if first < 3:
        return _("now, within 3 months")
    return _("next, within 12 months") if first < 12 else _("later, after 12 months")


def first_month(advice: Advice) -> int:
    """What stands in the way of the next level begins now, what belongs to it next, the rest later."""
    if advice.deferred:
        return 12
    return {Reason.GATE: 0, Reason.BLOCKS: 0, Reason.NEXT_LEVEL: 3, Reason.LATER: 12}[advice.closes[0].reason]


def position(found: PillarResult) -> str:
    """ "2.4: level 2, and 40 % of level 3 is in place"; at 0 "0.4: not yet at level 1, and …"."""
    whole = found.score.level
    figure = decimals(found.score.position, 1)
    ahead = next((cell for cell in found.score.cells if cell.level > whole and cell.achievement is not None), None)
    if ahead is None and whole < found.score.covered_to:
        return _("%(position)s: what the levels above it ask does not apply") % {"position": figure}
    if ahead is None or ahead.achievement is None:
        return _("%(position)s: the highest level this model covers here") % {"position": figure}
    return _("%(position)s: %(level)s, and %(share)s of level %(next)d is in place") % {
        "position": figure,
        "level": level(whole, None),
        "share": percent(ahead.achievement),
        "next": ahead.level,
    }


def honesty(report: Report | RoundReport) -> str:
    when = report_date(report)
    text = (
        _("Self-assessed on %(date)s against %(framework)s. Not a certification.")
        if when
        else _("Self-assessed against %(framework)s. Not a certification.")
    )
    return text % {"date": when, "framework": framework(report)}


def joined(names: list[str]) -> str:
    """ "a, b and c"."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def percent(value: Fraction | None) -> str:
    """Whole per cent, half up; a dash for what is not rated."""
    return "–" if value is None else f"{floor(value * 100 + Fraction(1, 2))}{NBSP}%"


def decimals(value: Fraction, places: int) -> str:
    """Cut, not rounded: a position of 2.96 is not yet 3.0."""
    scaled = floor(value * 10**places)
    return f"{scaled // 10**places}.{scaled % 10**places:0{places}d}"


def shortened(statement: Statement) -> str:
    return statement.text.rstrip(".")


def capitalized(text: str) -> str:
    return text[:1].upper() + text[1:]
