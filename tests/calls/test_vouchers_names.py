"""The name of a supplier is public: no code of a person gets into it."""

import pytest
from django.core.exceptions import ValidationError

from vivaio.calls import vouchers


@pytest.mark.parametrize(
    "line",
    [
        "Ditta Rossi Mario; RSSMRA80A01H501U; 00743110157",
        "Rossi Mario (C.F. rssmra80a01h501u); 00743110157",
        "Rossi Mario 00743110157; 00743110157",
        "Rossi\x00Mario; 00743110157",
        "; 00743110157",
    ],
)
def test_a_name_that_holds_a_code_is_refused(line):
    with pytest.raises(ValidationError) as refused:
        vouchers.supplier(line)
    assert "\x00" not in refused.value.message


def test_a_name_is_kept_without_the_spaces_between():
    assert vouchers.supplier("  Rossi   Mario ; 00743110157")["name"] == "Rossi Mario"


def test_names_written_down_before_are_told_without_their_codes():
    assert vouchers.without_codes("Ditta Rossi; RSSMRA80A01H501U") == "Ditta Rossi …"
