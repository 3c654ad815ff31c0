"""Runs MiniStack until it is told to stop, or until the process that started it is gone.

Standard input is a pipe whose other end the starter holds: it ends when the starter does, however that happens.
"""

import os
import signal
import sys
import threading

import emulator_corrections  # noqa: F401 (importing it is all)
from ministack.app import main


def end_with_starter():
    sys.stdin.buffer.read()
    # The group: the emulator runs functions in processes of their own.
    os.killpg(os.getpgrp(), signal.SIGKILL)


threading.Thread(target=end_with_starter, daemon=True).start()
main()
