"""A file is written whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from engine.errors import EngineError, ErrorCode
from engine.files import check_writable, sha256_of, writing


def test_the_file_appears_whole(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "out.bin"
    with writing(path) as file:
        file.write(b"whole")
        assert not path.exists()
    assert path.read_bytes() == b"whole"
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, ErrorCode.DISK_FULL),
        (errno.EDQUOT, ErrorCode.DISK_FULL),
        (errno.EROFS, ErrorCode.NOT_WRITABLE),
        (errno.EIO, ErrorCode.NOT_WRITABLE),
    ],
)
def test_a_failing_disk_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: ErrorCode
) -> None:
    path = tmp_path / "out.bin"
    path.write_bytes(b"old")

    def fail(handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(EngineError) as caught, writing(path) as file:
        file.write(b"new")
    assert caught.value.code is code
    assert caught.value.subject == str(path)
    assert str(path) in caught.value.detail
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_device_while_writing(tmp_path: Path) -> None:
    path = tmp_path / "out.bin"
    with pytest.raises(EngineError) as caught, writing(path) as file:  # noqa: PT012 - raised by the inner write
        file.write(b"some")
        with Path("/dev/full").open("wb", buffering=0) as full:
            full.write(b"more")
    assert caught.value.code is ErrorCode.DISK_FULL
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("fault", [ValueError("a fault"), KeyboardInterrupt()])
def test_whatever_interrupts_leaves_no_part(tmp_path: Path, fault: BaseException) -> None:
    path = tmp_path / "out.bin"
    with pytest.raises(type(fault)), writing(path) as file:  # noqa: PT012 - half a file is the point
        file.write(b"half")
        raise fault
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "folder" / "inside").mkdir(parents=True)
    for path in (tmp_path / "file" / "out.bin", tmp_path / "folder"):
        with pytest.raises(EngineError) as caught, writing(path) as file:
            file.write(b"new")
        assert caught.value.code is ErrorCode.NOT_WRITABLE


def test_a_hopeless_place_is_known_before_the_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_bytes(b"")
    check_writable(tmp_path / "new" / "folder" / "out.bin")
    check_writable(tmp_path / "file")
    for path in (tmp_path / "file" / "deeper" / "out.bin", tmp_path):
        with pytest.raises(EngineError) as caught:
            check_writable(path)
        assert caught.value.code is ErrorCode.BAD_VALUE
    monkeypatch.setattr("os.access", lambda path, mode: False)  # root may write anywhere
    with pytest.raises(EngineError) as caught:
        check_writable(tmp_path / "new" / "out.bin")
    assert caught.value.code is ErrorCode.NOT_WRITABLE
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_long_names_fit(tmp_path: Path) -> None:
    path = tmp_path / ("画" * 80 + ".png")
    with writing(path) as file:
        file.write(b"x")
    assert path.read_bytes() == b"x"


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
def test_others_may_read_what_the_umask_allows(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        with writing(tmp_path / "out.bin") as file:
            file.write(b"x")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "out.bin").stat().st_mode) == 0o644


def test_sha256(tmp_path: Path) -> None:
    (tmp_path / "abc").write_bytes(b"abc")
    known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # FIPS 180-2, appendix B.1
    assert sha256_of(tmp_path / "abc") == known


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_pipe_or_device_is_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(EngineError) as refused:
        check_writable(pipe)
    assert refused.value.code is ErrorCode.BAD_VALUE
    with pytest.raises(EngineError), writing(pipe) as file:
        file.write(b"some")
    assert stat.S_ISFIFO(pipe.stat().st_mode)
