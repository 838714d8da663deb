"""Jobs under any order of what can be done to them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.jobs import TERMINAL, Job, Next, Priority, Runner, State, Task, step
from tests.engine.test_jobs import SECOND, counting

ACTIONS = st.lists(st.sampled_from(["step", "cancel", "pause", "resume", "wake", "take"]), max_size=40)


@given(ACTIONS, st.integers(0, 6), st.sampled_from(["return", "raise"]))
def test_any_interleaving_ends_at_most_once_and_keeps_the_order(
    actions: list[str], length: int, end: str
) -> None:
    ends: list[State] = []
    taken: list[int] = []

    def observe(job: Job[int, int]) -> None:
        if job.state in TERMINAL:
            ends.append(job.state)

    def task() -> Task[int, int]:
        yield from range(length)
        if end == "raise":
            raise ValueError
        return length

    job: Job[int, int] = Job(task(), on_change=observe)
    alive = True
    for action in [*actions, *["step"] * (length + 1)]:
        if action == "step":
            if alive:
                alive = step(job) is not Next.ENDED
        elif action == "take":
            snapshot = job.take()
            if snapshot is not None:
                taken.append(snapshot)
        else:
            getattr(job, action)()
    assert taken == sorted(set(taken))
    assert len(ends) == 1
    assert not alive


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 20), st.sampled_from(Priority), ACTIONS), min_size=1, max_size=6))
def test_any_mix_of_jobs_on_a_real_thread_gives_one_end_each(
    plans: list[tuple[int, Priority, list[str]]],
) -> None:
    ends: dict[int, list[State]] = {}

    def observe(job: Job[int, str]) -> None:
        if job.state in TERMINAL:
            ends.setdefault(id(job), []).append(job.state)

    runner = Runner()
    jobs = []
    for length, priority, actions in plans:
        job = runner.submit(counting(length), priority=priority, on_change=observe)
        jobs.append(job)
        for action in actions:
            if action != "step":
                getattr(job, action)()
        job.resume()
    for job in jobs:
        job.result(5 * SECOND)
    assert runner.close()
    assert [len(ends[id(job)]) for job in jobs] == [1] * len(jobs)
