"""Work with a deadline ends, whatever it does."""

import os
import signal
import subprocess
import sys
import threading

import pytest

from wicgraph.deadline import seconds, within
from wicgraph.errors import DeadlineError, QueryError, UsageError, WicgraphError
from wicgraph.language import Text


def test_result_comes_back() -> None:
    """What work returns in another process is returned in this one."""
    assert within(60, lambda: (os.getpid() != 0, "乌镇")) == (True, "乌镇")


def test_work_that_never_ends_is_ended() -> None:
    """After the deadline there is an error, and no process is left."""
    with pytest.raises(DeadlineError) as caught:
        within(0.2, threading.Event().wait)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)

    assert caught.value.limit == 0.2


def test_error_comes_back_whole() -> None:
    """An error of ours has its message in both languages, its place and its hint."""
    said = QueryError("q.rq", 2, 7, Text("no", "不"), "2 | x", Text("yes", "是"))

    def work() -> None:
        raise said

    with pytest.raises(QueryError) as caught:
        within(60, work)

    error = caught.value
    assert (error.text, error.where, error.line) == (said.text, "q.rq", 2)
    assert (str(error), error.excerpt, error.hint) == (str(said), "2 | x", said.hint)


def test_process_that_is_killed_is_said() -> None:
    """Where the system ends the work, as for its memory, that is said."""
    with pytest.raises(WicgraphError, match="ended from outside"):
        within(60, lambda: os.kill(os.getpid(), signal.SIGKILL))


def test_work_ends_with_whoever_waits_for_it() -> None:
    """A program that is killed leaves no process behind, however long the deadline."""
    program = (
        "import time, wicgraph.deadline\n"
        "def work(): print('begun', flush=True); time.sleep(600)\n"
        "wicgraph.deadline.within(600, work)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True
    ) as waiting:
        assert waiting.stdout
        begun = waiting.stdout.readline()
        waiting.kill()
        # Both write to one pipe, which ends when neither has it open any more.
        rest, _ = waiting.communicate(timeout=60)

    assert (begun, rest) == ("begun\n", "")


@pytest.mark.parametrize(
    "text", ["0", "-1", "nan", "inf", "soon", "", "1e999", "2e6", "٠"]
)
def test_time_that_is_none_is_refused(text: str) -> None:
    """A limit is a number of seconds above 0 that ends."""
    with pytest.raises(UsageError):
        seconds(text)


def test_time_has_parts_of_seconds() -> None:
    """Half a second is a time."""
    assert seconds("0.5") == 0.5
