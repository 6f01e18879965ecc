"""Work with a deadline: in a process of its own, which can be ended.

Nothing else stops Oxigraph: it has no limit of time, and a thread that is in it never
looks up. A process can be killed whatever it does, and takes its memory with it.
"""

from __future__ import annotations

import fcntl
import math
import multiprocessing
import os
import signal
from typing import TYPE_CHECKING, TypeVar

from wicgraph.errors import DeadlineError, UsageError, WicgraphError
from wicgraph.language import Text

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

Result = TypeVar("Result")

_LONGEST = 1_000_000  # seconds, eleven days; clocks of processes hold little more


def seconds(text: str) -> float:
    """Read a time such as "2" or "0.5"; raises UsageError if it is none."""
    try:
        time = float(text)
    except ValueError:
        time = math.nan
    if not 0 < time <= _LONGEST:
        remedy = Text("write seconds, such as 10 or 0.5", "请写秒数，例如 10 或 0.5")
        raise UsageError.unfit(Text("time limit", "时限"), text, remedy)
    return time


def within(limit: float, work: Callable[[], Result]) -> Result:
    """Return what some work returns, or raise the WicgraphError that it raises.

    The result has to be one that can be pickled. Raises DeadlineError after `limit`
    seconds; what the work has written by then stays written.
    """
    context = multiprocessing.get_context("fork")  # it knows already what to do
    receiver, sender = context.Pipe(duplex=False)
    watched, held = context.Pipe(duplex=False)
    args = (work, sender, limit, watched, held)
    worker = context.Process(target=_work, args=args)
    worker.start()
    sender.close()
    watched.close()
    try:
        if not receiver.poll(limit):
            raise DeadlineError(limit)
        result, error = receiver.recv()
    except EOFError as end:  # it was killed, as for the memory that it took
        raise DeadlineError(None) from end
    finally:
        worker.kill()
        worker.join()
        held.close()
    if error is not None:
        raise error
    return result  # type: ignore[no-any-return]


def _work(
    work: Callable[[], object],
    sender: Connection,
    limit: float,
    watched: Connection,
    held: Connection,
) -> None:
    # Should whoever waits be killed, nobody else would end this process: the system
    # closes what was held then, and sends a signal that nothing here catches.
    held.close()
    signal.signal(signal.SIGIO, signal.SIG_DFL)
    fcntl.fcntl(watched, fcntl.F_SETOWN, os.getpid())
    flags = fcntl.fcntl(watched, fcntl.F_GETFL)
    fcntl.fcntl(watched, fcntl.F_SETFL, flags | os.O_ASYNC)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, limit + 1)  # where that is not done
    try:
        result = work()
    except WicgraphError as error:
        sender.send((None, error))
    else:
        sender.send((result, None))
