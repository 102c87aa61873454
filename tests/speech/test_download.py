"""A download over a real connection to this machine itself; nothing here reaches further."""

import hashlib
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from duskreel.errors import Cancelled, DiaryError
from duskreel.progress import CancelToken, unheard
from duskreel.speech.download import DOWNLOADABLE, OFFERS, Offer, download_model, fetch
from duskreel.speech.model_folder import SpeechModel, model_in

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

CONTENT = {
    "config.json": b"{}",
    "tokenizer.json": b"{}",
    "vocabulary.txt": b"a\nb\n",
    "model.bin": bytes(range(256)) * 8000,
}
OFFER = Offer(
    repository="someone/some-model",
    revision="0123abcd",
    files={name: len(content) for name, content in CONTENT.items()},
    sha256=hashlib.sha256(CONTENT["model.bin"]).hexdigest(),
)


class Hub(BaseHTTPRequestHandler):
    """Serves CONTENT where a hub would; asks one time to come back by another address, as hubs do."""

    asked: list[str]
    cut_off_at: int | None

    def do_GET(self) -> None:
        self.asked.append(self.path)
        if not self.path.startswith("/moved"):
            self.send_response(302)
            self.send_header("Location", f"/moved{self.path}")
            self.end_headers()
            return
        prefix, _, name = self.path.rpartition("/")
        if prefix != "/moved/someone/some-model/resolve/0123abcd" or name not in CONTENT:
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(CONTENT[name])))
        self.end_headers()
        self.wfile.write(CONTENT[name][: self.cut_off_at])

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def handler() -> type[Hub]:
    return type("FreshHub", (Hub,), {"asked": [], "cut_off_at": None})


@pytest.fixture
def hub(handler: type[Hub]) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def fetched(hub: str, folder: Path, offer: Offer = OFFER, token: CancelToken | None = None) -> SpeechModel:
    return fetch("some", offer, folder, progress=unheard, token=token or CancelToken(), hub=hub)


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if not path.name.endswith(".lock")]


def test_every_file_arrives_as_it_was_sent(hub: str, tmp_path: Path) -> None:
    model = fetched(hub, tmp_path)
    assert {file.name: file.read_bytes() for file in model.folder.iterdir()} == CONTENT
    assert model_in(tmp_path / "some") == model


def test_progress_counts_bytes_up_to_all_of_them(hub: str, tmp_path: Path) -> None:
    told: list[tuple[str, float]] = []
    fetch(
        "some",
        OFFER,
        tmp_path,
        progress=lambda stage, share: told.append((stage, share)),
        token=CancelToken(),
        hub=hub,
    )
    assert [share for _, share in told] == sorted(share for _, share in told)
    assert told[-1] == ("Downloading 2 of 2 MB", 1.0)


def test_a_model_that_is_here_is_not_fetched_again(hub: str, handler: type[Hub], tmp_path: Path) -> None:
    fetched(hub, tmp_path)
    handler.asked.clear()
    fetched(hub, tmp_path)
    assert handler.asked == []


def test_cancelled_download_leaves_nothing(hub: str, tmp_path: Path) -> None:
    shares: list[float] = []
    token = CancelToken(lambda: bool(shares) and shares[-1] > 0.2)
    with pytest.raises(Cancelled):
        fetch("some", OFFER, tmp_path, progress=lambda _, share: shares.append(share), token=token, hub=hub)
    assert leftovers(tmp_path) == []


def test_a_connection_that_breaks_off_leaves_nothing(hub: str, handler: type[Hub], tmp_path: Path) -> None:
    handler.cut_off_at = 100_000
    with pytest.raises(DiaryError, match=r"model\.bin"):
        fetched(hub, tmp_path)
    assert leftovers(tmp_path) == []


def test_a_file_with_another_hash_is_refused(hub: str, tmp_path: Path) -> None:
    with pytest.raises(DiaryError, match="not the file that Duskreel knows"):
        fetched(hub, tmp_path, replace(OFFER, sha256="0" * 64))
    assert leftovers(tmp_path) == []


@pytest.mark.parametrize("difference", [-1, 1])
def test_a_file_of_another_size_is_refused(difference: int, hub: str, tmp_path: Path) -> None:
    files = {**OFFER.files, "tokenizer.json": len(CONTENT["tokenizer.json"]) + difference}
    with pytest.raises(DiaryError, match="not the file that Duskreel knows"):
        fetched(hub, tmp_path, replace(OFFER, files=files))
    assert leftovers(tmp_path) == []


def test_a_file_that_the_server_does_not_have_is_a_sentence(hub: str, tmp_path: Path) -> None:
    with pytest.raises(DiaryError, match="404"):
        fetched(hub, tmp_path, replace(OFFER, revision="gone"))


def test_no_connection_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DiaryError, match="Check the connection"):
        fetched("http://127.0.0.1:9", tmp_path)
    assert leftovers(tmp_path) == []


def test_more_than_the_disk_holds_is_refused_before_anything_is_asked(
    hub: str, handler: type[Hub], tmp_path: Path
) -> None:
    with pytest.raises(DiaryError, match="Free some space"):
        fetched(hub, tmp_path, replace(OFFER, files={**OFFER.files, "model.bin": 10**18}))
    assert handler.asked == []


def test_an_unknown_name_lists_what_there_is(tmp_path: Path) -> None:
    with pytest.raises(DiaryError, match="tiny, base, small, medium, large-v3, large-v3-turbo"):
        download_model("huge", tmp_path, progress=unheard, token=CancelToken())


def test_what_is_offered_has_a_known_size_and_a_full_hash() -> None:
    assert list(DOWNLOADABLE) == ["tiny", "base", "small", "medium", "large-v3", "large-v3-turbo"]
    assert sorted(DOWNLOADABLE.values())[0] > 70_000_000
    for offer in OFFERS.values():
        assert len(offer.sha256) == 64
        assert len(offer.revision) == 40
