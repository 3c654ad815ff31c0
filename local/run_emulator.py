"""Runs MiniStack until it is told to stop, or until the process that started it is gone.

Standard input is a pipe whose other end the starter holds: it ends when the starter does, however that happens.

One thing is made as on AWS: a stage keeps the settings of a method under its encoded path, such as ~1orders~1{id}/GET, and answers with
that name. The emulator decodes it, so Terraform would not find what it wrote, and every plan would write it again.
"""

import os
import signal
import sys
import threading

from ministack.app import main
from ministack.services import apigateway_v1


def settings_of_method(stage, resource_path, http_method):
    settings = stage.get("methodSettings") or {}
    return settings.get(f"{resource_path.replace('/', '~1')}/{http_method}") or settings.get("*/*")


apigateway_v1._decode_json_pointer_token = lambda segment: segment
apigateway_v1._method_throttle_settings = settings_of_method


def end_with_starter():
    sys.stdin.buffer.read()
    # The group: the emulator runs functions in processes of their own.
    os.killpg(os.getpgrp(), signal.SIGKILL)


threading.Thread(target=end_with_starter, daemon=True).start()
main()
