"""`make power`, or `python -m selftests.power [--worlds 200] [--queries 2]`: the tables that CONTRIBUTING.md quotes."""

from __future__ import annotations

import argparse
import os
from functools import cache
from multiprocessing import Pool

from selftests.power.study import SHARES, Shop, count, say, seeds, wilson
from selftests.power.worlds import presets


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--worlds", type=int, default=200, help="simulated comparisons in each cell")
    options.add_argument("--queries", type=int, default=2, choices=(1, 2, 3))
    options.add_argument("--no-twins", action="store_true", help="accounts without persona_a2 and persona_b2")
    options.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    chosen = options.parse_args()
    worlds = seeds(chosen.worlds)
    with Pool(chosen.jobs) as pool:

        @cache
        def answers(preset: str, share: float, switch: str) -> list[tuple[str, str]]:
            shop = Shop(preset, share, chosen.queries, not chosen.no_twins, switch)
            return pool.map(say, [(shop, seed) for seed in worlds], chunksize=10)

        print(
            f"{chosen.worlds} shops a cell, {chosen.queries} queries, {'no twins' if chosen.no_twins else 'twins'}; per cent: ",
            end="",
        )
        print("called personal / not personal / cannot tell. At share 0 the first is the rate of false alarms.")
        print(f"{'noise':10}" + "".join(f"{f'{share:.0%} personal':>18}" for share in SHARES))
        alarms = total = 0
        for preset in presets():
            cells = []
            for share in SHARES:
                found = count(personal for personal, _ in answers(preset, share, "works"))
                cells.append(
                    " / ".join(f"{100 * found[k] / chosen.worlds:.1f}" for k in ("personal", "not", "unknown"))
                )
                if share == 0:
                    alarms, total = alarms + found["personal"], total + chosen.worlds
            print(f"{preset:10}" + "".join(f"{cell:>18}" for cell in cells), flush=True)
        low, high = wilson(alarms, total)
        print(f"false alarms over all noises: {alarms} of {total} (95 % interval {low:.2%} to {high:.2%})\n")
        print("The option, 50 % personal; per cent: called working / not working / cannot tell")
        print(f"{'noise':10}" + "".join(f"{switch:>18}" for switch in ("works", "inert", "wears off")))
        for preset in presets():
            cells = []
            for switch in ("works", "inert", "wears off"):
                found = count(works for _, works in answers(preset, 0.5, switch))
                cells.append(
                    " / ".join(f"{100 * found[k] / chosen.worlds:.1f}" for k in ("works", "broken", "unknown"))
                )
            print(f"{preset:10}" + "".join(f"{cell:>18}" for cell in cells), flush=True)


if __name__ == "__main__":
    main()
