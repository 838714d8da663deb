"""What happens outside: a signed webhook and a local command, for the door, and the same to tell somebody.

All are off until set. Those for the door stay silent while liveness is not verified on the camera that saw
the person; those that tell somebody (the host is called, a visitor came) open nothing, and need no camera.
They run on a thread of their own: nothing at the desk ever waits for them.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import math
import queue
import shlex
import subprocess
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Final

from engine.errors import EngineError, ErrorCode
from engine.faces.store import audit
from engine.faces.store.vault import SealBrokenError, context

if TYPE_CHECKING:
    from engine.faces.gallery import Gallery

log = logging.getLogger(__name__)

TIMEOUT_S: Final = 5.0
WAITING: Final = 32
"""Events that may wait; beyond that the oldest is dropped, because a door that opens late is worse."""
LATEST_S: Final = 5.0
"""An event that has waited longer opens no door: whoever it was for has gone."""

SHORTEST_SECRET: Final = 16
_NOTE: Final = "hooks"
_LIVENESS: Final = "camera liveness"
_BETWEEN: Final = "\n"
"""Between camera and policy in the table; neither has a line break."""


@dataclass(frozen=True)
class Hooks:
    """Where events go. Empty: nowhere. A command is split like a shell does, and run without one.

    ``url`` and ``command`` are the door's, ``notify_url`` and ``notify_command`` tell somebody.
    """

    url: str = ""
    secret: str = ""
    command: str = ""
    notify_url: str = ""
    notify_command: str = ""


@dataclass(frozen=True)
class DoorEvent:
    """What is told: a band, never a distance. ``person`` is the gallery's id, ``at`` UTC.

    ``event`` is "welcome" (the door's), "host-called", "visitor-came" or "checked-in-by-hand"; ``host`` is
    whom a visitor comes to see. ``id`` is new for each event: a receiver that has seen it already, or finds
    ``at`` long past, is listening to a replay.
    """

    event: str
    band: str
    person: str
    name: str
    camera: str
    at: str
    host: str = ""
    id: str = field(default_factory=lambda: uuid.uuid4().hex)

    def body(self) -> bytes:
        """Return the JSON that is sent and signed."""
        return json.dumps(asdict(self), sort_keys=True, ensure_ascii=False).encode()


def signature(secret: str, body: bytes) -> str:
    """Return the value of the header ``X-Triptych-Signature``: ``sha256=`` and HMAC-SHA256 of the body."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def set_hooks(gallery: Gallery, hooks: Hooks) -> None:
    """Keep the hooks, sealed, in the gallery.

    Raises:
        EngineError: BAD_VALUE for an address that is not http(s), a webhook without a secret of at least 16
            characters, or a command that cannot be split.
    """
    check_hooks(hooks)
    sealed = gallery.vault.own.close(json.dumps(asdict(hooks)).encode(), context(_NOTE))
    with gallery.database.transaction():
        gallery.database.set_note(_NOTE, sealed)
        told = {name: bool(value) for name, value in asdict(hooks).items() if name != "secret"}
        gallery.record("hooks set", detail=told)


def check_hooks(hooks: Hooks) -> None:
    """Refuse hooks that could not work.

    Raises:
        EngineError: BAD_VALUE, as :func:`set_hooks` says.
    """
    for url in filter(None, (hooks.url, hooks.notify_url)):
        if not _is_address(url):
            detail = f"{url!r} is not an address. Use http://… or https://…"
            raise EngineError(ErrorCode.BAD_VALUE, detail, url)
        if len(hooks.secret) < SHORTEST_SECRET:
            detail = (
                f"A webhook needs a secret of at least {SHORTEST_SECRET} characters, so that its receiver "
                "can tell it is real."
            )
            raise EngineError(ErrorCode.BAD_VALUE, detail, url)
    for command in (hooks.command, hooks.notify_command):
        try:
            shlex.split(command)
        except ValueError as error:
            detail = f"The command cannot be read ({error}). Check its quotes."
            raise EngineError(ErrorCode.BAD_VALUE, detail, command) from error


def _is_address(url: str) -> bool:
    try:
        parts = urllib.parse.urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and port != 0 and url.isprintable()


def hooks_of(gallery: Gallery) -> Hooks:
    """Return the hooks that were set; none when their record was changed outside the program."""
    sealed = gallery.database.note(_NOTE)
    if sealed is None:
        return Hooks()
    try:
        return Hooks(**json.loads(gallery.vault.own.open(sealed, context(_NOTE))))
    except SealBrokenError:
        log.warning("the hooks were changed outside the program and are not used")
        return Hooks()


def set_liveness(gallery: Gallery, camera: str, policy: str, report: str | None) -> None:
    """Say that liveness was verified on a camera under a policy, or with None, not any more.

    Args:
        policy: what the desk asked for while it was tested (:attr:`DeskRules.policy`).
        report: JSON of the attack test; kept sealed, so that nobody opens the door by writing into the file.
    """
    slot = _slot(camera, policy)
    with gallery.database.transaction():
        gallery.database.execute("DELETE FROM camera_liveness WHERE camera = ?", (slot,))
        if report is not None:
            sealed = gallery.vault.own.close(report.encode(), context(_LIVENESS, slot)).hex()
            gallery.database.execute(
                "INSERT INTO camera_liveness VALUES (?, ?, ?)", (slot, audit.now(), sealed)
            )
        gallery.record("liveness verified" if report is not None else "liveness withdrawn")


def liveness_of(gallery: Gallery, camera: str, policy: str) -> tuple[str, str] | None:
    """Return when liveness was verified on a camera under a policy, and the report; None: it was not."""
    slot = _slot(camera, policy)
    row = gallery.database.row("SELECT verified, report FROM camera_liveness WHERE camera = ?", (slot,))
    if row is None:
        return None
    try:
        report = gallery.vault.own.open(bytes.fromhex(row[1]), context(_LIVENESS, slot))
    except (SealBrokenError, ValueError):
        log.warning("the record of an attack test was changed outside the program and is not believed")
        return None
    return row[0], report.decode()


def verified_cameras(gallery: Gallery) -> tuple[tuple[str, str], ...]:
    """Return the cameras on which liveness was verified, each with the policy it was verified under."""
    slots = (
        slot.partition(_BETWEEN) for (slot,) in gallery.database.rows("SELECT camera FROM camera_liveness")
    )
    known = sorted((camera, policy) for camera, _, policy in slots)
    return tuple(one for one in known if liveness_of(gallery, *one) is not None)


def _slot(camera: str, policy: str) -> str:
    return f"{camera}{_BETWEEN}{policy}"


@dataclass(frozen=True)
class _Way:
    """One place where an event goes, and until when (by the monotonic clock) it is worth sending."""

    url: str
    secret: str
    command: str
    until: float = math.inf


class Messenger:
    """Sends events on a thread of its own; :meth:`send` never waits and never raises."""

    def __init__(self) -> None:
        self._waiting: queue.Queue[tuple[_Way, DoorEvent] | None] = queue.Queue(WAITING)
        self._thread = threading.Thread(target=self._run, name="hooks", daemon=True)
        self._thread.start()

    def send(self, gallery: Gallery, event: DoorEvent, policy: str, hooks: Hooks | None = None) -> bool:
        """Pass an event on to the door; False when there is nowhere to send it or liveness is not verified.

        Args:
            policy: what the desk asks for now; a test under another one opens nothing.
            hooks: where to; None: where the gallery says.
        """
        to = hooks_of(gallery) if hooks is None else hooks
        if not (to.url or to.command) or liveness_of(gallery, event.camera, policy) is None:
            return False
        return self._pass_on(_Way(to.url, to.secret, to.command, time.monotonic() + LATEST_S), event)

    def notify(self, gallery: Gallery, event: DoorEvent, hooks: Hooks | None = None) -> bool:
        """Tell somebody; False when there is nobody to tell. Never the door's hooks."""
        to = hooks_of(gallery) if hooks is None else hooks
        if not (to.notify_url or to.notify_command):
            return False
        return self._pass_on(_Way(to.notify_url, to.secret, to.notify_command), event)

    def _pass_on(self, way: _Way, event: DoorEvent) -> bool:
        while True:
            try:
                self._waiting.put_nowait((way, event))
            except queue.Full:
                self._drop_oldest()
            else:
                return True

    def close(self, timeout: float = 2.0) -> None:
        """Send what waits, as far as the time allows, and end."""
        if self.end(timeout):
            self._thread.join(timeout)

    def end(self, timeout: float = 0.0) -> bool:
        """Take no more events; False when so many wait that this cannot be said in time."""
        try:
            self._waiting.put(None, timeout=timeout or None, block=timeout > 0.0)
        except queue.Full:
            return False
        return True

    def ended(self, seconds: float) -> bool:
        """Wait for at most ``seconds``; whether everything was sent and :meth:`end` was reached."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _drop_oldest(self) -> None:
        try:
            self._waiting.get_nowait()
            log.warning("an event was dropped: its receiver is too slow")
        except queue.Empty:
            return

    def _run(self) -> None:
        while (item := self._waiting.get()) is not None:
            way, event = item
            if time.monotonic() > way.until:
                log.warning("an event came too late for the door and was not sent")
                continue
            if way.url:
                _post(way, event)
            if way.command:
                _call(way, event)


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A receiver that sends the message elsewhere is not followed: nobody agreed to that address."""

    def redirect_request(self, *_: object) -> None:
        """Return nothing, which makes the answer an error."""


def _post(way: _Way, event: DoorEvent) -> None:
    body = event.body()
    headers = {"Content-Type": "application/json", "X-Triptych-Signature": signature(way.secret, body)}
    request = urllib.request.Request(way.url, body, headers, method="POST")  # noqa: S310 - http(s), checked
    try:
        with urllib.request.build_opener(_NoRedirects).open(request, timeout=TIMEOUT_S):
            return
    except (OSError, ValueError) as error:
        log.warning("the webhook did not answer: %s", type(error).__name__)


def _call(way: _Way, event: DoorEvent) -> None:
    try:
        done = subprocess.run(
            shlex.split(way.command),
            input=event.body(),
            capture_output=True,
            timeout=TIMEOUT_S,
            check=False,
        )
        if done.returncode:
            log.warning("the command of a hook ended with status %d", done.returncode)
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        log.warning("the command of a hook failed: %s", type(error).__name__)
