"""A child that ends when its parent does, however that went: it reads a pipe that only the parent holds open."""

import os
import signal
import sys
import threading
import time
from typing import Final

PIPE: Final = "FINSAM_PARENT"  # the number of the pipe, in the child's environment
GRACE: Final = 10  # seconds to finish what is under way


def end_with_parent() -> None:
    """Watch over the parent from a thread of its own; without a parent nothing is watched."""
    pipe = os.environ.pop(PIPE, "")
    if pipe:
        threading.Thread(target=_watch, args=(int(pipe),), daemon=True, name="parent").start()


def _watch(pipe: int) -> None:
    while os.read(pipe, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    sys.stderr.flush()
    os._exit(1)  # it did not end when it was asked to; what it was doing is not finished, as at a power failure
