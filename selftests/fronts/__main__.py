"""python -m selftests.fronts NAME [--port N]: serve one front until interrupted."""

import argparse
import threading

from . import FRONTS, serve

parser = argparse.ArgumentParser(prog="python -m selftests.fronts")
parser.add_argument("name", choices=sorted(FRONTS))
parser.add_argument("--port", type=int, default=0)
arguments = parser.parse_args()
served = serve(arguments.name, arguments.port)
print(served.url, flush=True)
for account in FRONTS[arguments.name].accounts:
    print(account, flush=True)
try:
    threading.Event().wait()
except KeyboardInterrupt:
    served.stop()
