"""Commands that look after the diary and what the program needs."""

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import click

from duskreel.cli.session import Session, diary_command
from duskreel.cli.wording import file_size
from duskreel.errors import DiaryError
from duskreel.library.diary import Diary

LITTLE_SPACE_BYTES = 2_000_000_000


@click.command()
@diary_command
def reindex(session: Session) -> None:
    """Build the index again from the diary's folders alone."""
    with session.diary() as diary:
        count = diary.reindex()
    session.give({"entries": count})
    session.say(f"Indexed {count} {'entry' if count == 1 else 'entries'}.")


@dataclass(frozen=True)
class Finding:
    """One thing that doctor looked at."""

    subject: str
    is_fine: bool
    what: str
    what_to_do: str = ""


@click.command()
@click.option("--scrub", "scrubs", is_flag=True, help="Read every clip to the end too. Stopped, it goes on there.")
@click.option("--since", "days", type=click.IntRange(min=0), help="With --scrub: not those read in so many days.")
@click.option("--repair", is_flag=True, help="First make the index anew, and mend what can be mended.")
@diary_command
def doctor(session: Session, scrubs: bool, days: int | None, repair: bool) -> None:
    """Check the diary and what the program needs, and say what is wrong."""
    if days is not None and not scrubs:
        raise click.UsageError("--since goes with --scrub.")
    if repair:
        with session.diary() as diary:
            diary.reindex()
    findings = [*_findings(session), *(_scrub_findings(session, days) if scrubs else ())]
    session.give([vars(finding) for finding in findings])
    for finding in findings:
        session.say(f"{'ok ' if finding.is_fine else 'BAD'}  {finding.subject:<10} {finding.what}")
        if finding.what_to_do:
            session.say(f"{'':16}{finding.what_to_do}")
    wrong = sum(not finding.is_fine for finding in findings)
    if wrong:
        raise DiaryError(f"{wrong} of {len(findings)} checks found something wrong.", "See above for what to do.")


def _findings(session: Session) -> Iterator[Finding]:
    yield Finding("program", True, f"Duskreel {_version('duskreel')}, Python {sys.version.split()[0]}")
    yield from _diary_findings(session)
    yield from _speech_findings(session)
    yield from _device_findings()
    yield _encoder_finding()
    yield _caption_finding()
    yield _opencv_finding()


def _diary_findings(session: Session) -> Iterator[Finding]:
    folder = session.location.folder
    try:
        with session.diary() as diary:
            count, waiting = diary.count(), len(diary.waiting_for_transcript())
            yield Finding("diary", True, f"{folder}: {count} entries, {waiting} waiting for their words")
            for problem in diary.problems():
                yield Finding("diary", False, f"{problem.where}: {problem.what}", problem.what_to_do)
            yield _space_finding(diary)
    except DiaryError as error:
        yield Finding("diary", False, error.what_happened, error.what_to_do)


def _scrub_findings(session: Session, days: int | None) -> Iterator[Finding]:
    from duskreel.library.scrubbing import ScrubRequest, scrub

    request = ScrubRequest(session.location, None if days is None else timedelta(days=days))
    with session.progress("Reading clips") as progress:
        scrubbed = scrub(request, progress=progress, token=session.token)
    for problem in scrubbed.damaged:
        yield Finding("clips", False, f"{problem.where}: {problem.what}", problem.what_to_do)
    before = f", {scrubbed.left_out} were read before" if scrubbed.left_out else ""
    first = f", {scrubbed.added} of them for the first time" if scrubbed.added else ""
    yield Finding("clips", True, f"{scrubbed.read} are as they were{first}{before}")


def _space_finding(diary: Diary) -> Finding:
    free = shutil.disk_usage(diary.location.folder).free
    if free < LITTLE_SPACE_BYTES:
        return Finding("disk", False, f"{file_size(free)} free", "Make room before you record.")
    return Finding("disk", True, f"{file_size(free)} free")


def _speech_findings(session: Session) -> Iterator[Finding]:
    from duskreel.speech.models import usable_names

    names = usable_names(session.places.models)
    if session.settings.speech_model in names:
        yield Finding("speech", True, f"models: {', '.join(names)}")
    else:
        yield Finding(
            "speech",
            False,
            f"the model “{session.settings.speech_model}” is not here",
            "Install it with: pip install 'duskreel[model]', or see: duskreel models --help",
        )


def _device_findings() -> Iterator[Finding]:
    from duskreel.capture.checks import check_camera, check_microphone
    from duskreel.capture.devices import cameras, microphones

    looked_at = [("camera", camera.name, check_camera(camera)) for camera in cameras()]
    looked_at += [("microphone", microphone.name, check_microphone(microphone)) for microphone in microphones()]
    for kind, name, fault in looked_at:
        yield Finding(kind, fault is None, name if fault is None else f"{name}: {fault}")
    for kind in {"camera", "microphone"} - {kind for kind, _, _ in looked_at}:
        yield Finding(kind, True, "none is connected")


def _encoder_finding() -> Finding:
    from duskreel.export.writer import can_encode

    if can_encode():
        return Finding("video", True, "H.264 and AAC can be written")
    return Finding("video", False, "H.264 cannot be written", "Install PyAV from its own wheel: pip install av")


def _caption_finding() -> Finding:
    try:
        from duskreel.export.painter import Painter
        from duskreel.export.style import STYLES

        width = Painter(STYLES["calm"], 1080, 1920).measure("Duskreel")
    except (ImportError, DiaryError) as error:
        return Finding("captions", False, str(error), "On Linux: sudo apt install libegl1 libgl1 libfontconfig1")
    return Finding("captions", width > 0, "the text engine draws")


def _opencv_finding() -> Finding:
    if _version("opencv-python") or _version("opencv-contrib-python"):
        return Finding(
            "opencv",
            False,
            "an OpenCV with its own Qt is installed",
            "pip uninstall opencv-python opencv-contrib-python",
        )
    return Finding("opencv", True, f"headless {_version('opencv-python-headless')}")


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return ""


@click.group(invoke_without_command=True)
@diary_command
@click.pass_context
def models(context: click.Context, _session: Session) -> None:
    """List the speech models that are here, or bring one in."""
    if context.invoked_subcommand is None:
        context.invoke(list_models)


@models.command("list")
@diary_command
def list_models(session: Session) -> None:
    """List what is here, and what could be fetched."""
    from duskreel.speech.models import DOWNLOADABLE, available, usable_names

    here = available(session.places.models)
    ready, usable = {model.name for model in here}, usable_names(session.places.models)
    session.give([{"name": m.name, "folder": str(m.folder), "size_bytes": m.size_bytes} for m in here])
    for model in here:
        chosen = "  (in use)" if model.name == session.settings.speech_model else ""
        session.say(f"{model.name:<16} {file_size(model.size_bytes):>8}  here{chosen}")
    for name in usable:
        if name not in ready:
            session.say(f"{name:<16} {'':>8}  came with Duskreel; put together when it is first used")
    for name, size_bytes in DOWNLOADABLE.items():
        if name not in usable:
            session.say(f"{name:<16} {file_size(size_bytes):>8}  duskreel models download {name}")


@models.command("import")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--name", help="What to call it; the folder's name by default.")
@diary_command
def import_model(session: Session, folder: Path, name: str | None) -> None:
    """Copy a Whisper model in CTranslate2's format from a folder."""
    from duskreel.speech import models as speech_models

    model = speech_models.import_model(folder, session.places.models, name, token=session.token)
    session.give({"name": model.name, "folder": str(model.folder)})
    session.say(f"The model “{model.name}” is here: {file_size(model.size_bytes)}.")


@models.command("download")
@click.argument("name")
@diary_command
def download_model(session: Session, name: str) -> None:
    """Fetch a model from the Hugging Face hub: the one thing that Duskreel ever does on a network."""
    from duskreel.speech import models as speech_models

    size = speech_models.DOWNLOADABLE.get(name)
    if size is not None:
        session.say(f"Fetching “{name}”: {file_size(size)}.")
    with session.progress(f"Fetching {name}") as progress:
        model = speech_models.download_model(name, session.places.models, progress=progress, token=session.token)
    session.give({"name": model.name, "folder": str(model.folder)})
    session.say(f"The model “{model.name}” is here: {file_size(model.size_bytes)}.")
