"""A thread that keeps things which may not leave it."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from threading import Thread
from typing import Any, Protocol, TypeVar

T = TypeVar("T")


class Kept(Protocol):
    """Something that a worker keeps between jobs."""

    def free(self) -> None:
        """Let go of what belongs to the worker's thread."""
        ...


Shelf = dict[str, Kept]
_Job = tuple[Callable[[Shelf], Any], "Future[Any]"]


class Worker:
    """Runs jobs one after the other in a thread of its own, started at the first.

    What jobs put on the shelf is freed in that thread, at `stop` or when the worker itself
    is forgotten. The thread never keeps the program from ending.
    """

    def __init__(self, name: str) -> None:
        """Nothing runs yet."""
        self._name = name
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._thread: Thread | None = None
        # At the end of the program the thread is left as it is.
        weakref.finalize(self, self._jobs.put, None).atexit = False

    def submit(self, job: Callable[[Shelf], T]) -> Future[T]:
        """Queue `job`; its result or error comes through the future."""
        future: Future[T] = Future()
        if self._thread is None:
            self._thread = Thread(target=_run, args=(self._jobs,), name=self._name, daemon=True)
            self._thread.start()
        self._jobs.put((job, future))
        return future

    def stop(self) -> None:
        """Wait for the jobs that are queued, then free the shelf. Safe to call twice."""
        thread, self._thread = self._thread, None
        if thread is not None:
            self._jobs.put(None)
            thread.join()


def _run(jobs: SimpleQueue[_Job | None]) -> None:
    shelf: Shelf = {}
    while (queued := jobs.get()) is not None:
        job, future = queued
        if future.set_running_or_notify_cancel():
            try:
                result = job(shelf)
            except BaseException as error:  # noqa: BLE001 - goes to whoever waits for it
                future.set_exception(error)
            else:
                future.set_result(result)
                del result
        # Nothing of a job outlives it here while the thread waits for the next.
        del queued, job, future
    for kept in shelf.values():
        kept.free()
