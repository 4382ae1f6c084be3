"""Jurors differ in severity: what their scores say of the items once that is taken out, and how surely.

The model is y_ij = mu + f_i + b_j + e_ij with f, b and e normal: Ge, Welling and Ghahramani, "A Bayesian model
for calibrating conference review scores" (2013); Lawrence and Cortes on NIPS 2014. Scores are never made
standard per juror: that harms a panel that already agrees.
"""

from vivaio.methods.calibration.bridges import Bridge, NotComparable, bridges
from vivaio.methods.calibration.calibrate import Calibration, NotCalibrable, Variances, calibrate
from vivaio.methods.calibration.ranking import Ranking, rank

__all__ = [
    "Bridge",
    "Calibration",
    "NotCalibrable",
    "NotComparable",
    "Ranking",
    "Variances",
    "bridges",
    "calibrate",
    "rank",
]
