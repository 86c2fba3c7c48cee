# mypy: disable-error-code="import-untyped,misc"
"""`python -m selftests.oscar [--port 0] [--data DIR]`: prepare the shop, serve it, print its address."""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from pathlib import Path

from selftests.oscar import template


def main() -> None:
    """Serve until interrupted (or, with --with-parent, until standard input ends)."""
    parser = argparse.ArgumentParser(prog="python -m selftests.oscar", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0: any free port")
    parser.add_argument("--data", type=Path, help="folder of the shop, kept; default: a temporary one")
    parser.add_argument("--with-parent", action="store_true", help="stop when standard input is closed")
    parser.add_argument("--fill", action="store_true", help="only make the shop in --data, without the cache")
    options = parser.parse_args()
    if options.fill:
        if options.data is None:
            parser.error("--fill needs --data")
        fill(options.data)
        return
    # A plain `kill` unwinds like Ctrl-C, so that the temporary folder goes too.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt), tempfile.TemporaryDirectory(prefix="gongping-oscar-") as temporary:
        data = (options.data or Path(temporary)).resolve()
        template.ensure(data, make)
        serve(data, options.port, with_parent=options.with_parent)


def make(data: Path) -> None:
    """Fill `data` in a process of its own: Django's settings can be set up once, and here they name another folder."""
    subprocess.run([sys.executable, "-m", "selftests.oscar", "--fill", "--data", str(data)], check=True)


def setup(data: Path) -> None:
    """Point Django at the shop in `data`."""
    os.environ["OSCAR_DATA"] = str(data)
    os.environ["DJANGO_SETTINGS_MODULE"] = "selftests.oscar.settings"
    import django

    django.setup()


def fill(data: Path) -> None:
    """Make the shop in `data`."""
    data.mkdir(parents=True, exist_ok=True)
    setup(data)
    from selftests.oscar.fill import fill as fill_database

    fill_database()


def serve(data: Path, port: int, *, with_parent: bool) -> None:
    """Answer on the loopback interface, a thread per connection; prints the address when it listens."""
    setup(data)
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application

    class Quiet(WSGIRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Requests are not logged; errors are, by django.request."""

    server = ThreadedWSGIServer(("127.0.0.1", port), Quiet)
    server.set_app(StaticFilesHandler(get_wsgi_application()))
    if with_parent:

        def watch() -> None:
            sys.stdin.read()
            server.shutdown()

        threading.Thread(target=watch, daemon=True).start()
    print(f"http://127.0.0.1:{server.server_port}/", flush=True)
    with server:
        server.serve_forever()


if __name__ == "__main__":
    main()
