"""A process that answers requests: a server that takes in the whole of one before any thread sees it (ADR 17).

Run as a module, with the number of the socket that its parent listens at.
"""

import logging
import os
import resource
import signal
import socket
import sys
from collections.abc import Mapping
from types import FrameType
from typing import Any, Final

from finsam.cli.serving.attached import end_with_parent

THREADS: Final = 8  # writers wait for each other in them; readers never do
STILL: Final = 15  # seconds that a client may stand still in the middle of a request, or between two
CONNECTIONS: Final = 2_000
LONGEST: Final = 6_000_000  # bytes of a body: above what Django takes, so that it is Django that refuses
HEADERS: Final = 65_536


def options() -> Mapping[str, Any]:
    """What waitress is told, apart from where it listens."""
    from django.conf import settings

    facts: dict[str, Any] = {
        "threads": THREADS,
        "channel_timeout": STILL,
        "cleanup_interval": 2,
        "connection_limit": CONNECTIONS,
        "max_request_body_size": LONGEST,
        "max_request_header_size": HEADERS,
        "asyncore_use_poll": True,
        "ident": None,
        "log_socket_errors": False,
        "clear_untrusted_proxy_headers": True,
    }
    if settings.FINSAM_PROXY:
        facts["trusted_proxy"] = settings.FINSAM_PROXY
        facts["trusted_proxy_headers"] = {"x-forwarded-for", "x-forwarded-proto"}
    return facts


def main() -> None:
    """Answer until somebody asks for an end."""
    end_with_parent()
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "finsam.config.settings")
    _allow_files()
    from django.core.wsgi import get_wsgi_application
    from waitress.server import create_server  # type: ignore[import-untyped]

    application = get_wsgi_application()
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a line a request says nothing when all are waiting
    listening = socket.socket(fileno=int(sys.argv[1]))
    create_server(application, sockets=[listening], **options()).run()


def _allow_files() -> None:
    """As many open files as this user may have: each connection is one."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


if __name__ == "__main__":
    main()
