"""Hooks go where they were set to go: no redirect is followed, and no shell reads a name."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from engine.faces.gallery import Gallery
from engine.faces.hooks import DoorEvent, Hooks, Messenger, signature

SECRET = "a secret of the door"
HOSTILE = "$(touch pwned) `id`; | & > \" ' \\ %s"


def event(name: str = "Ada") -> DoorEvent:
    return DoorEvent("host-called", "welcome", "id", name, "desk", "2026-01-01T00:00:00+00:00")


@contextmanager
def receiver(status: int, location: str = "") -> Iterator[tuple[str, list[tuple[str, str, bytes, str]]]]:
    """Run a server that answers with a status; yield its address and (method, path, body, signature)."""
    heard: list[tuple[str, str, bytes, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            heard.append((self.command, self.path, body, self.headers.get("X-Triptych-Signature", "")))
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            self.end_headers()

        do_GET = do_POST  # noqa: N815 - the name that http.server calls

        def log_message(self, *_: object) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", heard
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def notify(path: Path, hooks: Hooks, told: DoorEvent) -> None:
    messenger = Messenger()
    with Gallery(path) as gallery:
        assert messenger.notify(gallery, told, hooks)
    messenger.close(10.0)


def test_a_webhook_is_signed(tmp_path: Path) -> None:
    with receiver(204) as (address, heard):
        notify(tmp_path / "g.sqlite", Hooks(notify_url=f"{address}/in", secret=SECRET), event())
    ((method, path, body, signed),) = heard
    assert (method, path, signed) == ("POST", "/in", signature(SECRET, body))
    assert json.loads(body)["name"] == "Ada"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_webhook_follows_nobody_elsewhere(tmp_path: Path, status: int) -> None:
    with receiver(200) as (other, elsewhere), receiver(status, f"{other}/inside") as (address, heard):
        notify(tmp_path / "g.sqlite", Hooks(notify_url=address, secret=SECRET), event())
    assert len(heard) == 1
    assert elsewhere == []


def test_no_shell_reads_a_name(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    script = tmp_path / "hook.py"
    script.write_text("import sys; open(sys.argv[1], 'wb').write(sys.stdin.buffer.read())", encoding="utf-8")
    command = f'"{sys.executable}" "{script}" "{out}"'
    notify(tmp_path / "g.sqlite", Hooks(notify_command=command), event(HOSTILE))
    assert json.loads(out.read_bytes())["name"] == HOSTILE
    assert not (tmp_path / "pwned").exists()
    assert not Path("pwned").exists()
