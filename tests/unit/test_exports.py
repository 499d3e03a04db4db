"""Tables for spreadsheets, read back by somebody else's reader."""

import csv
from datetime import date, datetime
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from booking.exports import as_csv, as_xlsx

HEADERS = ["Nummer", "Dag", "Bezoekers"]
FORMULAS = ["=1+1", "+31 6", "-2", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x.example")']


def read_csv(content: bytes) -> list[list[str]]:
    text = content.decode("utf-8-sig")
    return list(csv.reader(StringIO(text, newline=""), delimiter=";"))


def test_csv_holds_what_was_given() -> None:
    content = as_csv(HEADERS, [["K-1", date(2027, 2, 4), 12], ["K-2", None, None]])
    assert content.startswith(b"\xef\xbb\xbf")
    assert read_csv(content) == [HEADERS, ["K-1", "2027-02-04", "12"], ["K-2", "", ""]]


@pytest.mark.parametrize("typed", FORMULAS, ids=repr)
def test_nothing_typed_becomes_a_formula(typed: str) -> None:
    [_header, [cell]] = read_csv(as_csv(["Plek"], [[typed]]))
    assert cell == f"'{typed}"
    sheet = load_workbook(BytesIO(as_xlsx("2026", ["Plek"], [[typed]]))).active
    assert sheet["A2"].data_type == "s"


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=40))
def test_a_number_below_zero_stays_a_number_and_text_stays_text(typed: str) -> None:
    [_header, row] = read_csv(as_csv(["Plek", "Verschil"], [[typed, -3]]))
    assert row[0].removeprefix("'") == typed.removeprefix("'") or row[0] == typed
    assert not row[0].startswith(("=", "+", "-", "@"))
    assert row[1] == "-3"


def test_xlsx_holds_days_and_numbers_as_what_they_are() -> None:
    content = as_xlsx("2026-2027", HEADERS, [["K-1", date(2027, 2, 4), 12], ["K-2", None, 0]])
    sheet = load_workbook(BytesIO(content))["2026-2027"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows == [HEADERS, ["K-1", datetime(2027, 2, 4), 12], ["K-2", None, 0]]
