"""Measure the calibration of scores at the sizes it is held to. Run: python bench/calibration.py

Asked of it: 10,000 reviews within 5 s. Processor seconds are the figure to trust on a machine that does other work
too; `covered` is the share of true ranks inside their 90 % interval, `severity` the correlation of the severities
found with those that the panel was made with.
"""

import resource
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from vivaio.methods.calibration import calibrate, rank

# Applications, jurors, reviews of each application.
SIZES = [(27, 9, 3), (200, 30, 4), (2_000, 100, 5)]
SPREADS = (8.0, 4.0, 6.0)  # of qualities, of severities, of chance; points out of 100


def panel(items, jurors, each):
    """Scores of a panel made by the model, with the qualities and severities behind them."""
    chance = np.random.default_rng(1)
    quality, severity = chance.normal(0, SPREADS[0], items), chance.normal(0, SPREADS[1], jurors)
    item = np.repeat(np.arange(items), each)
    juror = np.concatenate([chance.choice(jurors, each, replace=False) for _ in range(items)])
    return (
        quality,
        severity,
        item,
        juror,
        70 + quality[item] + severity[juror] + chance.normal(0, SPREADS[2], len(item)),
    )


def main():
    """One line for each size."""
    print("| applications x jurors | reviews | calibrate, s | rank, s | covered | severity | memory, MB |")
    print("|---|---|---|---|---|---|---|")
    for items, jurors, each in SIZES:
        quality, severity, item, juror, value = panel(items, jurors, each)
        started = time.process_time()
        found = calibrate(item, juror, value)
        calibrated = time.process_time()
        ranking = rank(found)
        ranked = time.process_time()
        true = 1 + (quality[:, None] < quality).sum(axis=1)
        covered = ((ranking.low <= true) & (true <= ranking.high)).mean()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"| {items:,} x {jurors} | {len(item):,} | {calibrated - started:.2f} | {ranked - calibrated:.2f} "
            f"| {covered:.1%} | {np.corrcoef(found.severity, severity)[0, 1]:.3f} | {peak:.0f} |"
        )


if __name__ == "__main__":
    main()
