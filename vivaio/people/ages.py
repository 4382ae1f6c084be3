"""From which age a person decides alone."""

import datetime as dt

MAJORITY = 18
# Below which age a holder of parental responsibility consents to the use of a child's data on line. GDPR art. 8(1)
# says 16 and lets member states go down to 13. Source: European Commission, SWD(2020) 115 final, on the first two
# years of the GDPR, p. 17; Italy 14 (Legislative Decree 196/2003, art. 2-quinquies). Changed since: Slovenia 15
# (ZVOP-2, in force since January 2023), Denmark 15 (since January 2024).
ART_8 = 16
CONSENT_AGES = {
    "AT": 14, "BE": 13, "BG": 14, "CY": 14, "CZ": 15, "DE": 16, "DK": 15, "EE": 13, "ES": 14, "FI": 13, "FR": 15,
    "GR": 15, "HR": 16, "HU": 16, "IE": 16, "IT": 14, "LT": 14, "LU": 16, "LV": 13, "MT": 13, "NL": 16, "PL": 16,
    "PT": 13, "RO": 16, "SE": 13, "SI": 15, "SK": 16,
}  # fmt: skip


def consent_age(country: str) -> int:
    """The age from which a person of this country consents alone; 16 where no law is known (GDPR art. 8(1))."""
    return CONSENT_AGES.get(country, ART_8)


def birthday(born_on: dt.date, years: int) -> dt.date:
    """The day on which somebody becomes so many years old; who was born on 29 February, on 1 March at the latest."""
    try:
        return born_on.replace(year=born_on.year + years)
    except ValueError:
        return dt.date(born_on.year + years, 3, 1)


def age_on(born_on: dt.date, day: dt.date) -> int:
    """How many years old somebody is on a day."""
    years = day.year - born_on.year
    return years - (birthday(born_on, years) > day)
