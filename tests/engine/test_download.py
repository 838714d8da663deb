"""Downloads: progress, cancel, resume, hashes, servers of all manners; on the loopback and from files."""

from __future__ import annotations

import dataclasses
import hashlib
import http.server
import random
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine import download as module
from engine.download import DownloadStep, address, download, fetch_model
from engine.errors import EngineError, ErrorCode
from engine.jobs import Job, Priority, Runner, State, run, step
from engine.models import Models, read_manifest

DATA = random.Random(0).randbytes(1_000_000)
SHA256 = hashlib.sha256(DATA).hexdigest()


class Server(http.server.ThreadingHTTPServer):
    """Serves DATA in the manner asked for; ``asked`` holds the Range header of every request."""

    manner = "ranges"

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[str | None] = []
        self.released = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/weights.pth"


class Handler(http.server.BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        wanted = self.headers.get("Range")
        self.server.asked.append(wanted)
        offset = int(wanted.removeprefix("bytes=").removesuffix("-")) if wanted else 0
        match self.server.manner:
            case "not-found":
                self.send_error(404)
                return
            case "ignores-ranges" | "breaks-off" | "stalls":
                offset = 0
            case "wrong-range":
                offset = max(0, offset - 1)
        if offset >= len(DATA):
            self.send_response(416)
            self.send_header("Content-Range", f"bytes */{len(DATA)}")
            self.end_headers()
            return
        self.send_response(206 if wanted and offset else 200)
        if wanted and offset:
            self.send_header("Content-Range", f"bytes {offset}-{len(DATA) - 1}/{len(DATA)}")
        if self.server.manner != "no-length":
            self.send_header("Content-Length", str(len(DATA) - offset))
        self.end_headers()
        body = DATA[offset:]
        if self.server.manner in ("breaks-off", "stalls"):
            self.wfile.write(body[:300_000])
            self.wfile.flush()
            if self.server.manner == "stalls":
                self.server.released.wait(20)
            return
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture
def server() -> Iterator[Server]:
    serving = Server()
    thread = threading.Thread(target=serving.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield serving
    serving.released.set()
    serving.shutdown()
    serving.server_close()
    thread.join()


@pytest.fixture
def source(tmp_path: Path) -> str:
    """DATA behind a file URL, with a name that needs quoting."""
    path = tmp_path / "a mirror" / "weights #1.pth"
    path.parent.mkdir()
    path.write_bytes(DATA)
    return path.as_uri()


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "models" / "weights.pth"


def part_of(target: Path) -> Path:
    return target.with_name(f"{target.name}.part")


def begin(target: Path, data: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    part_of(target).write_bytes(data)


def test_a_file_url_is_fetched_with_progress(source: str, target: Path) -> None:
    steps = [entry for entry in download(source, target, SHA256) if isinstance(entry, DownloadStep)]
    assert target.read_bytes() == DATA
    assert not part_of(target).exists()
    done = [entry.progress.done for entry in steps]
    assert done == sorted(done)
    assert done[0] == 0
    assert done[-1] == len(DATA)
    assert {entry.progress.total for entry in steps} == {len(DATA)}


@pytest.mark.parametrize("begun", [1, 400_000, len(DATA)])
def test_a_file_url_goes_on_where_it_stopped(source: str, target: Path, begun: int) -> None:
    begin(target, DATA[:begun])
    task = download(source, target, SHA256)
    first = next(entry for entry in task if isinstance(entry, DownloadStep))
    assert first.resumed_from == begun
    assert first.progress.done == begun
    run(task)
    assert target.read_bytes() == DATA


@pytest.mark.parametrize("begun", [0, 400_000])
@pytest.mark.parametrize("manner", ["ranges", "ignores-ranges", "no-length"])
def test_http_in_all_manners(server: Server, target: Path, begun: int, manner: str) -> None:
    server.manner = manner
    if begun:
        begin(target, DATA[:begun])
    run(download(server.url, target, SHA256))
    assert target.read_bytes() == DATA
    assert server.asked == [f"bytes={begun}-" if begun else None]


def test_a_download_that_was_complete_but_for_its_name_is_not_sent_again(
    server: Server, target: Path
) -> None:
    begin(target, DATA)
    run(download(server.url, target, SHA256))
    assert target.read_bytes() == DATA
    assert server.asked == [f"bytes={len(DATA)}-"]


def test_a_part_longer_than_the_file_is_begun_again(server: Server, source: str, target: Path) -> None:
    for url in (server.url, source):
        begin(target, DATA + b"more")
        run(download(url, target, SHA256))
        assert target.read_bytes() == DATA


def test_a_server_that_sends_another_part_is_not_believed(server: Server, target: Path) -> None:
    server.manner = "wrong-range"
    begin(target, DATA[:1000])
    with pytest.raises(EngineError, match="another part") as caught:
        run(download(server.url, target, SHA256))
    assert caught.value.code is ErrorCode.OFFLINE


def test_a_connection_that_breaks_off_keeps_what_came_and_goes_on(server: Server, target: Path) -> None:
    server.manner = "breaks-off"
    with pytest.raises(EngineError, match="broke off") as caught:
        run(download(server.url, target, SHA256))
    assert caught.value.code is ErrorCode.OFFLINE
    assert part_of(target).stat().st_size == 300_000
    server.manner = "ranges"
    run(download(server.url, target, SHA256))
    assert target.read_bytes() == DATA
    assert server.asked[-1] == "bytes=300000-"


def test_cancelling_keeps_what_came(server: Server, target: Path) -> None:
    server.manner = "stalls"
    job = Job(download(server.url, target, SHA256))
    deadline = time.monotonic() + 10
    arrived = 0
    while arrived == 0 and time.monotonic() < deadline:
        step(job)
        snapshot = job.take()
        arrived = snapshot.progress.done if snapshot else 0
    job.cancel()
    begun = time.monotonic()
    step(job)
    assert time.monotonic() - begun < 1
    assert job.state is State.CANCELLED
    assert part_of(target).stat().st_size == arrived > 0
    assert part_of(target).read_bytes() == DATA[:arrived]
    assert not target.exists()


def test_a_server_that_stalls_does_not_hold_up_other_work(server: Server, target: Path) -> None:
    server.manner = "stalls"
    runner = Runner()

    def ticks() -> Iterator[int]:
        yield from range(50)

    try:
        runner.submit(download(server.url, target, SHA256), priority=Priority.BATCH)
        begun = time.monotonic()
        runner.submit(ticks(), priority=Priority.BATCH).result(10)  # type: ignore[arg-type]
        assert time.monotonic() - begun < 5
    finally:
        assert runner.close()


def test_a_server_that_stalls_for_long_counts_as_unreachable(server: Server, target: Path) -> None:
    server.manner = "stalls"
    with pytest.raises(EngineError, match="timed out") as caught:
        run(download(server.url, target, SHA256, timeout=0.3))
    assert caught.value.code is ErrorCode.OFFLINE


def test_a_wrong_hash_is_thrown_away(source: str, target: Path) -> None:
    wrong = "0" * 64
    with pytest.raises(EngineError, match=SHA256) as caught:
        run(download(source, target, wrong))
    assert caught.value.code is ErrorCode.DOWNLOAD_DAMAGED
    assert not target.exists()
    assert not part_of(target).exists()


def test_a_damaged_part_is_thrown_away_and_the_next_try_succeeds(source: str, target: Path) -> None:
    begin(target, b"\0" * 1000)
    with pytest.raises(EngineError) as caught:
        run(download(source, target, SHA256))
    assert caught.value.code is ErrorCode.DOWNLOAD_DAMAGED
    run(download(source, target, SHA256))
    assert target.read_bytes() == DATA


def test_the_first_digits_of_a_hash_suffice_but_fewer_than_eight_do_not(source: str, target: Path) -> None:
    run(download(source, target, SHA256[:8].upper()))
    assert target.exists()
    with pytest.raises(EngineError) as caught:
        run(download(source, target, SHA256[:7]))
    assert caught.value.code is ErrorCode.BAD_VALUE


@pytest.mark.parametrize("url", ["ftp://example.org/a", "weights.pth", "", "data:,a", "C:/weights.pth"])
def test_other_kinds_of_address_are_refused(url: str, target: Path) -> None:
    with pytest.raises(EngineError) as caught:
        run(download(url, target, SHA256))
    assert caught.value.code is ErrorCode.BAD_VALUE
    assert not target.parent.exists()


def test_offline_says_what_helps(target: Path) -> None:
    for url in ("http://127.0.0.1:9/w.pth", "https://nowhere.invalid/w.pth"):
        with pytest.raises(EngineError, match="the networks on board work without it") as caught:
            run(download(url, target, SHA256))
        assert caught.value.code is ErrorCode.OFFLINE
        assert caught.value.subject in url


def test_a_refusing_server_and_a_missing_file_are_named(server: Server, tmp_path: Path, target: Path) -> None:
    server.manner = "not-found"
    with pytest.raises(EngineError, match="answered 404"):
        run(download(server.url, target, SHA256))
    with pytest.raises(EngineError, match="No such file"):
        run(download((tmp_path / "nothing").as_uri(), target, SHA256))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_named(source: str, target: Path) -> None:
    target.parent.mkdir()
    part_of(target).symlink_to("/dev/full")
    with pytest.raises(EngineError) as caught:
        run(download(source, target, SHA256))
    assert caught.value.code is ErrorCode.DISK_FULL


def test_a_file_that_cannot_fit_is_not_begun(
    source: str, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = module.shutil.disk_usage(Path.cwd())
    monkeypatch.setattr(module.shutil, "disk_usage", lambda _: usage._replace(free=999_999))
    with pytest.raises(EngineError, match="1 MB more") as caught:
        run(download(source, target, SHA256))
    assert caught.value.code is ErrorCode.DISK_FULL


def test_a_folder_that_cannot_be_made_is_named(source: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(EngineError) as caught:
        run(download(source, tmp_path / "file" / "weights.pth", SHA256))
    assert caught.value.code is ErrorCode.NOT_WRITABLE


def test_fetching_a_model(source: str, tmp_path: Path) -> None:
    vgg19 = next(entry for entry in read_manifest() if entry.id == "vgg19")
    entry = dataclasses.replace(vgg19, sha256=SHA256[:8], url=source)
    models = Models(tmp_path / "downloads", cards=(entry,))
    with pytest.raises(EngineError) as caught:
        models.file("vgg19")
    assert caught.value.code is ErrorCode.MODEL_MISSING
    path = run(fetch_model(models, "vgg19"))
    assert path == models.file("vgg19")
    assert path.read_bytes() == DATA
    path.write_bytes(b"damaged")
    models.forget("vgg19")
    assert models.problem(entry) is not None
    assert run(fetch_model(models, "vgg19")).read_bytes() == DATA
    Path(path).touch()
    again = fetch_model(models, "vgg19", "file:///nowhere")
    assert run(again) == path


def test_a_model_on_board_needs_no_download(home: Path) -> None:
    models = Models(home)
    assert run(fetch_model(models, "alexnet")) == models.file("alexnet")
    elsewhere = Models(home, on_board=home)
    with pytest.raises(EngineError, match="Install the program again") as caught:
        run(fetch_model(elsewhere, "alexnet"))
    assert caught.value.code is ErrorCode.MODEL_MISSING


def test_torchvision_says_where_its_weights_are() -> None:
    vgg19 = next(entry for entry in read_manifest() if entry.id == "vgg19")
    url = address(vgg19)
    assert url.startswith("https://")
    assert url.endswith(f"/{vgg19.file}")
    assert vgg19.sha256 in vgg19.file
    unknown = dataclasses.replace(vgg19, url="torchvision:VGG99_Weights.NONE")
    with pytest.raises(EngineError, match="newer"):
        address(unknown)


def test_no_thread_is_left_behind(source: str, target: Path) -> None:
    run(download(source, target, SHA256))
    deadline = time.monotonic() + 5
    while any(thread.name == "download" for thread in threading.enumerate()):
        assert time.monotonic() < deadline
        time.sleep(0.01)
