"""Whatever batch, order and interruptions: the same index, which equals storing everything. Properties."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import EngineError, ErrorCode
from engine.explorer import tasks
from engine.explorer.activations import Responses
from engine.explorer.index import Index, read_index, write_index
from engine.explorer.inputs import Numbers
from engine.explorer.merge import merge_indexes
from engine.explorer.networks import Explained
from engine.explorer.records import ScanOptions
from engine.explorer.scan import Scan
from engine.explorer.streams import Block, Plan, Streams, plan_for
from engine.explorer.tally import BINS, bin_of, edges
from engine.jobs import run
from engine.models import Models
from tests.engine.explorer.nets import explained, small_network, write_pictures

COUNT = 26


@pytest.fixture(scope="module")
def network() -> Explained:
    return explained(small_network())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("pictures")
    write_pictures(root, COUNT)
    copies = sorted(root.rglob("*.png"))
    copies[7].write_bytes(copies[3].read_bytes())  # ties in every unit
    return root


@pytest.fixture(scope="module")
def whole(network: Explained, folder: Path) -> dict[str, bytes]:
    return stored(scanned(network, folder, ScanOptions(top=5)))


def stored(index: Index) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as place:
        write_index(Path(place) / "index", index)
        return {path.name: path.read_bytes() for path in (Path(place) / "index").iterdir()}


def scanned(network: Explained, folder: Path, options: ScanOptions, part: slice = slice(None)) -> Index:
    work = Scan(network, folder, network.inputs.items(folder)[part], options=options)
    run(work.steps())
    return work.index(complete=True)


@settings(max_examples=12, deadline=None)
@given(
    batch=st.integers(1, 40),
    seed=st.integers(0, 99),
    stops=st.lists(st.integers(1, 3), max_size=3),
)
def test_order_batch_and_interruptions_do_not_show(
    network: Explained, folder: Path, whole: dict[str, bytes], batch: int, seed: int, stops: list[int]
) -> None:
    before = None
    options = ScanOptions(top=5, batch=batch, shuffle=True)
    names = network.inputs.items(folder)
    for stop in [*stops, None]:
        work = Scan(network, folder, names, options=options, before=before, seed=seed)
        steps = work.steps()
        seen = 0
        for step in steps:
            seen += step is not None
            if seen == stop:
                break
        steps.close()
        with tempfile.TemporaryDirectory() as place:
            write_index(Path(place), work.index(complete=stop is None))
            before = read_index(Path(place))
    assert before is not None
    assert stored(before) == whole


@pytest.mark.parametrize("threads", [2, 3, 5])
def test_streams_side_by_side_give_the_same_index_and_leave_the_threads_alone(
    network: Explained, folder: Path, whole: dict[str, bytes], threads: int
) -> None:
    before = torch.get_num_threads()
    torch.set_num_threads(threads)
    try:
        plan = plan_for(network.device)
        assert (plan.streams, plan.threads) == ((threads, 1) if threads <= 3 else (2, 2))
        index = scanned(network, folder, ScanOptions(top=5, batch=40))
        assert torch.get_num_threads() == threads
        assert run_elsewhere(torch.get_num_threads) == threads
    finally:
        torch.set_num_threads(before)
    assert stored(index) == whole


def test_beside_a_device_the_engines_thread_computes(
    network: Explained, folder: Path, whole: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As with a GPU: streams decode, and nobody but the thread that steps the task touches the device."""
    computing: set[int] = set()
    maxima = Responses.maxima

    def watched(self: Responses, items: Numbers) -> Iterator[None]:
        computing.add(threading.get_ident())
        return maxima(self, items)

    monkeypatch.setattr("engine.explorer.scan.plan_for", lambda _device: Plan(3, 1))
    monkeypatch.setattr(Streams, "__init__", only_decoding(Streams.__init__))
    monkeypatch.setattr(Responses, "maxima", watched)
    assert stored(scanned(network, folder, ScanOptions(top=5))) == whole
    assert computing == {threading.get_ident()}


def test_every_stream_computes_with_its_share_of_the_threads(network: Explained) -> None:
    before, plan = torch.get_num_threads(), Plan(3, torch.get_num_threads() + 1)
    streams = Streams(
        plan, lambda _number: pytest.fail("nothing is read"), Responses(network, network.taps())
    )
    try:
        asked = [streams._pool.submit(torch.get_num_threads) for _ in range(3)]
        assert {one.result() for one in asked} == {plan.threads}
        assert torch.get_num_threads() == before
    finally:
        streams.close()


class Late(Future[Block]):
    """Ends in the very moment in which whoever waits for it has run out of patience."""

    def result(self, timeout: float | None = None) -> Block:
        if timeout is not None and not self.done():
            self.set_result(Block((0,), (), (), {}))
            raise TimeoutError
        return super().result(timeout)


def test_a_block_that_is_ready_just_after_the_patience_is_no_failure(
    network: Explained, monkeypatch: pytest.MonkeyPatch
) -> None:
    streams = Streams(
        Plan(1, 1), lambda _number: pytest.fail("not asked"), Responses(network, network.taps())
    )
    late = Late()
    monkeypatch.setattr(streams._pool, "submit", lambda *_work: late)
    seconds = threading.Timer(0.05, lambda: late.done() or late.set_result(Block((0,), (), (), {})))
    seconds.start()
    try:
        blocks = [block for block in streams.blocks([0], ahead=1) if block is not None]
    finally:
        seconds.join()
        streams.close()
    assert [block.numbers for block in blocks] == [(0,)]


def test_threads_that_cannot_be_started_leave_none_waiting(
    network: Explained, monkeypatch: pytest.MonkeyPatch
) -> None:
    start, begun = threading.Thread.start, []

    def refuse_the_second(self: threading.Thread) -> None:
        if self.name.startswith("scan"):
            begun.append(self)
            if len(begun) == 2:
                raise RuntimeError("can't start new thread")
        start(self)

    monkeypatch.setattr(threading.Thread, "start", refuse_the_second)
    with pytest.raises(RuntimeError, match="new thread"):
        Streams(Plan(2, 1), lambda _number: pytest.fail("not asked"), Responses(network, network.taps()))
    begun[0].join(timeout=5)
    assert not begun[0].is_alive()


def only_decoding(init: Callable[..., None]) -> Callable[..., None]:
    def begun(self: Streams, *arguments: object) -> None:
        init(self, *arguments)
        self._computes = False

    return begun


def run_elsewhere(ask: Callable[[], int]) -> int:
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(ask).result()


@settings(max_examples=8, deadline=None)
@given(cuts=st.lists(st.integers(0, COUNT), min_size=1, max_size=4), nested=st.booleans())
def test_any_grouping_of_shards_merges_to_the_same(
    network: Explained, folder: Path, whole: dict[str, bytes], cuts: list[int], nested: bool
) -> None:
    limits = sorted({0, COUNT, *cuts})
    shards = [
        scanned(network, folder, ScanOptions(top=5), slice(start, stop)) for start, stop in pairwise(limits)
    ]
    if nested and len(shards) > 2:
        shards = [merge_indexes([shards[-1], merge_indexes(shards[:-2])]), shards[-2]]
    assert stored(merge_indexes(shards[::-1])) == whole


def test_shards_with_a_picture_in_common_are_refused(network: Explained, folder: Path) -> None:
    one, other = (scanned(network, folder, ScanOptions(top=5), slice(0, stop)) for stop in (4, 6))
    with pytest.raises(EngineError, match="counted twice") as refused:
        merge_indexes([one, other])
    assert refused.value.code is ErrorCode.BAD_VALUE


@given(st.lists(st.floats(-1e6, 1e6, width=32), min_size=1, max_size=50))
def test_every_value_lies_in_its_bin(values: list[float]) -> None:
    found = bin_of(np.array(values, dtype=np.float32))
    limits = edges()
    assert len(limits) == BINS + 1
    for value, place in zip(values, found, strict=True):
        assert 0 <= place < BINS
        magnitude = abs(value)
        if 2.0**-10 <= magnitude < 2.0**14:
            low, high = limits[place], limits[place + 1]
            assert min(abs(low), abs(high)) <= magnitude <= max(abs(low), abs(high))
            assert np.sign(low + high) == np.sign(value)


def test_a_crash_costs_half_a_minute_at_most(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process dies without clean-up: what was saved on the way is gone on with."""
    monkeypatch.setattr(tasks, "SAVE_EVERY_S", 0.0)
    models, out = Models(tmp_path), tmp_path / "index"
    options = ScanOptions(top=5)
    scan = tasks.scan_folder(models, "alexnet", folder, out, layers=["conv1"], options=options)
    for _ in scan:
        if (out / "index.json").exists():
            break
    part = read_index(out)
    assert not part.complete
    assert 0 < len(part.pictures) < COUNT
    crashed = out.rename(tmp_path / "crashed")
    scan.close()
    again = tasks.scan_folder(
        models, "alexnet", folder, crashed, layers=["conv1"], options=options, resume=True
    )
    result = run(again)
    assert result.scanned == COUNT - len(part.pictures)
    fresh = run(
        tasks.scan_folder(models, "alexnet", folder, tmp_path / "new", layers=["conv1"], options=options)
    )
    assert {p.name: p.read_bytes() for p in crashed.iterdir()} == {
        p.name: p.read_bytes() for p in fresh.index.iterdir()
    }


def test_a_folder_that_changes_meanwhile(network: Explained, tmp_path: Path) -> None:
    """A picture that vanishes is named, one that appears waits for the next scan, which reads it alone."""
    names = write_pictures(tmp_path, 12)
    work = Scan(network, tmp_path, names, options=ScanOptions(top=5, batch=1))
    steps = work.steps()
    next(steps)
    (tmp_path / names[-1]).unlink()
    write_pictures(tmp_path / "new", 10)
    run(steps)
    first = work.index(complete=True)
    assert [one.file for one in first.skipped] == [names[-1]]
    later = Scan(network, tmp_path, network.inputs.items(tmp_path), options=ScanOptions(top=5), before=first)
    run(later.steps())
    assert later.scanned == 10


def test_no_room_on_the_disk_is_said(
    network: Explained, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = scanned(network, folder, ScanOptions(top=5), slice(0, 4))

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    write_index(tmp_path / "index", index)
    before = {path.name: path.read_bytes() for path in (tmp_path / "index").iterdir()}
    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(EngineError) as refused:
        write_index(tmp_path / "index", scanned(network, folder, ScanOptions(top=5), slice(0, 5)))
    assert refused.value.code is ErrorCode.DISK_FULL
    monkeypatch.undo()
    assert {path.name: path.read_bytes() for path in (tmp_path / "index").iterdir()} == before
