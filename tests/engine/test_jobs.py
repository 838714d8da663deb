"""Jobs and their runner, one promise a test."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from engine.jobs import WAIT, Job, Next, Priority, Runner, State, Task, run, step
from engine.latest import Latest

SECOND = 1.0


def counting(n: int) -> Task[int, str]:
    yield from range(n)
    return f"counted {n}"


def waiting() -> Task[int, None]:
    while True:
        yield WAIT


def wait_until(condition: Callable[[], bool], timeout: float = 5 * SECOND) -> None:
    deadline = time.monotonic() + timeout
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.001)


@contextmanager
def running() -> Iterator[Runner]:
    runner = Runner()
    try:
        yield runner
    finally:
        assert runner.close()


def test_a_task_driven_inline_returns_its_result() -> None:
    assert run(counting(3)) == "counted 3"


def test_only_the_newest_snapshot_is_held() -> None:
    job: Job[int, str] = Job(counting(5))
    while step(job) is Next.AGAIN:
        pass
    assert job.take() == 4
    assert job.take() is None
    assert job.result() == "counted 5"


def test_result_raises_what_the_task_raised() -> None:
    def failing() -> Task[int, None]:
        yield 1
        raise ValueError("broken")

    with running() as runner:
        job = runner.submit(failing())
        with pytest.raises(ValueError, match="broken"):
            job.result(SECOND)
        assert job.state is State.FAILED


def test_result_waits_no_longer_than_asked() -> None:
    release = threading.Event()

    def slow() -> Task[int, None]:
        yield 1
        release.wait()

    with running() as runner:
        job = runner.submit(slow())
        with pytest.raises(TimeoutError):
            job.result(0.02)
        release.set()


def test_cancel_runs_the_clean_up_of_the_task() -> None:
    cleaned = threading.Event()

    def endless() -> Task[int, None]:
        try:
            while True:
                yield 1
        finally:
            cleaned.set()

    with running() as runner:
        job = runner.submit(endless())
        wait_until(lambda: job.state is State.RUNNING)
        job.cancel()
        assert job.result(SECOND) is None
        assert job.state is State.CANCELLED
        assert cleaned.is_set()


def test_a_fault_in_the_clean_up_fails_the_job_and_spares_the_runner() -> None:
    def untidy() -> Task[int, None]:
        try:
            while True:
                yield 1
        finally:
            raise OSError("cannot tidy up")

    with running() as runner:
        job = runner.submit(untidy())
        wait_until(lambda: job.state is State.RUNNING)
        job.cancel()
        with pytest.raises(OSError, match="cannot tidy up"):
            job.result(SECOND)
        assert runner.submit(counting(1)).result(SECOND) == "counted 1"


def test_a_faulty_observer_does_not_end_the_engine_thread(caplog: pytest.LogCaptureFixture) -> None:
    def observer(_job: Job[int, str]) -> None:
        raise ValueError("observer")

    with running() as runner:
        assert runner.submit(counting(2), on_change=observer).result(SECOND) == "counted 2"
        assert runner.submit(counting(1)).result(SECOND) == "counted 1"
    assert "a job's observer failed" in caplog.text


def test_pause_stops_and_resume_goes_on_where_it_stopped() -> None:
    seen: list[int] = []

    def steady() -> Task[int, int]:
        for value in range(200):
            seen.append(value)
            yield value
            time.sleep(0.001)
        return len(seen)

    with running() as runner:
        job = runner.submit(steady())
        wait_until(lambda: len(seen) > 5)
        job.pause()
        wait_until(lambda: job.state is State.PAUSED)
        at_rest = len(seen)
        time.sleep(0.05)
        assert len(seen) == at_rest
        job.resume()
        assert job.result(5 * SECOND) == 200
        assert seen == list(range(200))


def test_a_paused_job_can_be_cancelled() -> None:
    with running() as runner:
        job = runner.submit(counting(10**9))
        job.pause()
        wait_until(lambda: job.state is State.PAUSED)
        job.cancel()
        assert job.result(SECOND) is None
        assert job.state is State.CANCELLED


def test_a_waiting_job_uses_no_time_until_it_is_woken() -> None:
    mailbox: Latest[int] = Latest()
    looks = 0

    def receiver() -> Task[int, int]:
        nonlocal looks
        total = 0
        while total < 6:
            looks += 1
            value = mailbox.take()
            if value is None:
                yield WAIT
            else:
                total += value
                yield total
        return total

    with running() as runner:
        job = runner.submit(receiver(), priority=Priority.LIVE)
        mailbox.on_put = job.wake
        time.sleep(0.05)
        assert looks <= 2
        for value in (1, 2, 3):
            before = looks
            mailbox.put(value)
            wait_until(lambda before=before: looks > before)  # type: ignore[misc]
        assert job.result(SECOND) == 6


def test_a_wake_between_the_look_and_the_wait_is_not_lost() -> None:
    for _ in range(200):
        mailbox: Latest[int] = Latest()

        def receiver(mailbox: Latest[int] = mailbox) -> Task[int, int]:
            while (value := mailbox.take()) is None:
                yield WAIT
            return value

        with running() as runner:
            job = runner.submit(receiver())
            mailbox.on_put = job.wake
            mailbox.put(7)
            assert job.result(SECOND) == 7


def test_the_better_priority_goes_first() -> None:
    order: list[str] = []
    gate = threading.Event()

    def named(name: str, steps: int) -> Task[None, None]:
        for _ in range(steps):
            order.append(name)
            yield None

    def holding() -> Task[None, None]:
        gate.wait()
        yield None

    with running() as runner:
        runner.submit(holding(), priority=Priority.LIVE)
        jobs = [
            runner.submit(named("batch", 3), priority=Priority.BATCH),
            runner.submit(named("user", 3), priority=Priority.USER),
            runner.submit(named("live", 3), priority=Priority.LIVE),
        ]
        gate.set()
        for job in jobs:
            job.result(SECOND)
    assert order == ["live"] * 3 + ["user"] * 3 + ["batch"] * 3


def test_equal_priorities_take_turns() -> None:
    order: list[str] = []
    gate = threading.Event()

    def named(name: str) -> Task[None, None]:
        gate.wait()
        for _ in range(3):
            order.append(name)
            yield None

    with running() as runner:
        jobs = [runner.submit(named("a")), runner.submit(named("b"))]
        gate.set()
        for job in jobs:
            job.result(SECOND)
    assert order in (["a", "b"] * 3, ["b", "a"] * 3)


def test_a_live_job_waits_for_at_most_one_step_of_other_jobs_and_they_do_not_starve(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Runner, "PATIENCE_S", 0.01)
    order: list[str] = []

    def live() -> Task[None, None]:
        for _ in range(60):
            order.append("live")
            time.sleep(0.002)
            yield None

    def batch(name: str) -> Task[None, None]:
        while True:
            order.append(name)
            yield None

    with running() as runner:
        camera = runner.submit(live(), priority=Priority.LIVE)
        wait_until(lambda: "live" in order)
        for name in ("scan", "painting"):
            runner.submit(batch(name), priority=Priority.BATCH)
        camera.result(5 * SECOND)
    while_live = order[: len(order) - order[::-1].index("live")]
    between = "".join(name[0] for name in while_live[while_live.index("live") :])
    assert "ss" not in between
    assert "pp" not in between
    assert "sp" not in between
    assert "ps" not in between
    assert between.count("s") >= 2
    assert between.count("p") >= 2


def test_grad_mode_does_not_leak_between_tasks_of_one_thread() -> None:
    torch = pytest.importorskip("torch")

    @torch.no_grad()  # type: ignore[untyped-decorator]
    def careful() -> Task[bool, bool]:
        yield torch.is_grad_enabled()
        yield torch.is_grad_enabled()
        return bool(torch.is_grad_enabled())

    def other() -> Task[bool, list[bool]]:
        seen = []
        for _ in range(4):
            seen.append(torch.is_grad_enabled())
            yield True
        return seen

    with running() as runner:
        first, second = runner.submit(careful()), runner.submit(other())
        assert first.result(30 * SECOND) is False
        assert second.result(30 * SECOND) == [True] * 4


def test_closing_cancels_everything_and_refuses_more() -> None:
    runner = Runner()
    jobs = [
        runner.submit(counting(10**9)),
        runner.submit(waiting(), priority=Priority.LIVE),
        runner.submit(counting(10**9), priority=Priority.BATCH),
    ]
    jobs[2].pause()
    time.sleep(0.02)
    assert runner.close()
    assert [job.state for job in jobs] == [State.CANCELLED] * 3
    with pytest.raises(RuntimeError):
        runner.submit(counting(1))


def test_latest_keeps_only_the_newest_and_tells_each_time() -> None:
    told: list[int] = []
    mailbox: Latest[int] = Latest(lambda: told.append(1))
    for value in range(5):
        mailbox.put(value)
    assert mailbox.take() == 4
    assert mailbox.take() is None
    assert len(told) == 5
