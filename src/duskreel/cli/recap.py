"""``duskreel recap``: a month, a year or any stretch of days in one reel, a moment for each day."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from duskreel.atomic import write_json
from duskreel.cli.session import Session, diary_command
from duskreel.errors import DiaryError
from duskreel.export.loudness import Loudness
from duskreel.export.recap import RecapRequest, RecapResult, Shape, render_recap
from duskreel.export.style import STYLES
from duskreel.memories.recap import MomentKind, Stretch
from duskreel.memories.recap_looking import RecapWishes, plan_recap
from duskreel.memories.recap_plan import RecapPlan, read_plan
from duskreel.review.moments import moments_with_findings
from duskreel.timecode import clock


class _StretchType(click.ParamType[Stretch]):
    name = "days"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Stretch:
        try:
            return Stretch.named(value)
        except (ValueError, OverflowError):
            self.fail(f"days are written like 2026-11, 2026, or 2026-11-01..2026-11-20, not “{value}”.", param, ctx)


@dataclass(frozen=True)
class _Options:
    """What the reel is to be like."""

    shape: Shape
    has_labels: bool
    captions: str
    sound: str
    output: Path | None
    may_replace: bool


@click.command()
@click.argument("days", type=_StretchType(), required=False, metavar="2026-11 | 2026 | FROM..TO")
@click.option("--shape", type=click.Choice(["vertical", "landscape"]), default="vertical", show_default=True)
@click.option(
    "--moment",
    type=click.Choice(["second", "sentence"]),
    default="second",
    show_default=True,
    help="What is shown of each day.",
)
@click.option("--hard-days", type=click.Choice(["keep", "leave-out"]), default="keep", show_default=True)
@click.option("--labels/--no-labels", "has_labels", default=True, help="The date, in a corner.")
@click.option(
    "--captions",
    type=click.Choice([*STYLES, "off"]),
    default="off",
    show_default=True,
    help="What is said in each moment, written on it.",
)
@click.option("--sound", type=click.Choice(["keep", "mute"]), default="keep", show_default=True)
@click.option("--plan", "plan_file", type=click.Path(path_type=Path), help="Show the moments that this file names.")
@click.option("--plan-only", is_flag=True, help="Only choose the moments, and write them to a file to be changed.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The MP4 (or, with --plan-only, JSON) to write.")
@click.option("--replace", "may_replace", is_flag=True, help="Replace a file that is already there.")
@diary_command
def recap(
    session: Session,
    days: Stretch | None,
    moment: MomentKind,
    hard_days: str,
    plan_file: Path | None,
    plan_only: bool,
    **rest: Any,
) -> None:
    """Look back on a month, a year or any days in one reel, with a second or a sentence of each day."""
    options = _Options(**rest)
    if plan_file is not None and plan_only:
        raise click.UsageError("--plan shows moments that were chosen, and --plan-only chooses them; say one of both.")
    if plan_file is not None:
        plan = _read(session, plan_file, days)
    elif days is not None:
        plan = _chosen(session, RecapWishes(session.location, days, moment, keeps_hard_days=hard_days == "keep"))
    else:
        raise click.UsageError("Name days, such as 2026-11, or a plan (--plan FILE).")
    for remark in plan.remarks:
        session.complain(f"Note: {remark}")
    if plan_only:
        _give_plan(session, plan, options)
    else:
        if options.sound == "keep" or options.captions != "off":
            _mention_findings(session, plan)
        _give_reel(session, _render(session, plan, options))


def _mention_findings(session: Session, plan: RecapPlan) -> None:
    """Say which moments have words in them that nobody has decided about yet."""
    with session.diary() as diary:
        found = moments_with_findings(diary, plan.moments, session.settings.platform)
    for moment, findings in found:
        words = ", ".join(finding.called for finding in findings)
        session.complain(
            f"Note: the moment of {moment.day} says {words}. "
            "Decide about it first (duskreel check), or leave the day out (--plan-only)."
        )


def _read(session: Session, file: Path, days: Stretch | None) -> RecapPlan:
    with session.diary() as diary:
        plan = read_plan(file, diary)
    return plan if days is None else plan.within(days)


def _chosen(session: Session, wishes: RecapWishes) -> RecapPlan:
    with session.progress("Choosing moments") as progress:
        return plan_recap(wishes, progress=progress, token=session.token)


def _give_plan(session: Session, plan: RecapPlan, options: _Options) -> None:
    if options.output is not None:
        if options.output.exists() and not options.may_replace:
            raise DiaryError(f"There is already a file {options.output}.", "Choose another name, or add --replace.")
        write_json(options.output.absolute(), plan.to_json())
    session.give(plan.to_json())
    for day in plan.days:
        start_s, end_s = (edge / 1000 for edge in day.moment.span)
        session.say_prose(f"{day.moment.day}  {start_s:7.1f}-{end_s:.1f} s  {day.moment.text}")
    if options.output is not None:
        session.say(f"Change {options.output} as you like, then: duskreel recap --plan {options.output}")


def _render(session: Session, plan: RecapPlan, options: _Options) -> RecapResult:
    request = RecapRequest(
        location=session.location,
        moments=plan.moments,
        name=f"recap {plan.name}",
        output=options.output,
        shape=options.shape,
        has_labels=options.has_labels,
        is_muted=options.sound == "mute",
        may_replace=options.may_replace,
        loudness=Loudness(session.settings.loudness_lufs, session.settings.peak_dbtp),
        captions=None if options.captions == "off" else options.captions,
    )
    with session.progress("Making the reel") as progress:
        result = render_recap(request, progress=progress, token=session.token)
    for warning in result.warnings:
        session.complain(f"Note: {warning}")
    return result


def _give_reel(session: Session, result: RecapResult) -> None:
    session.give(
        {
            "file": str(result.file),
            "duration_ms": result.duration_ms,
            "days": [moment.day.isoformat() for moment in result.shown],
            "warnings": list(result.warnings),
        }
    )
    days = "1 day" if len(result.shown) == 1 else f"{len(result.shown)} days"
    session.say(f"{result.file} ({days}, {clock(result.duration_ms)})")
