"""CSV and TSV: encodings, separators, line ends, quotes; the fast way and the careful way say the same."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.ingest import delimited
from data.ingest.delimited import decode, read_delimited, sniff_separator, without_separator_line
from data.ingest.raw import ROW, ImportRefusedError, Raw

WORDS = "id,name\n1,Peña €\n2,Ávila\n"
CELLS = [["1", "Peña €"], ["2", "Ávila"]]


def cells(raw: Raw) -> list[list[str]]:
    return [list(row) for row in raw.cells.drop(ROW).iter_rows()]


def numbers(raw: Raw) -> list[int]:
    return raw.cells[ROW].to_list()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (WORDS.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + WORDS.encode(), "utf-8"),
        (WORDS.encode("cp1252"), "cp1252"),
        (WORDS.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + WORDS.encode("utf-16-be"), "utf-16"),
        (WORDS.encode("utf-16-le"), "utf-16"),
        (WORDS.encode("utf-16-be"), "utf-16"),
    ],
)
def test_the_encoding_is_found_out(data: bytes, said: str) -> None:
    raw = read_delimited(data)
    assert raw.columns == ("id", "name")
    assert cells(raw) == CELLS
    assert raw.how == f"comma, {said}"


def test_bytes_that_cp1252_does_not_know_are_latin_1() -> None:
    raw = read_delimited("a,b\nñ,\x81\n".encode("latin-1"))
    assert (cells(raw), raw.how) == ([["ñ", "\x81"]], "comma, latin-1")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16", "mac-roman"])
def test_a_declared_encoding_is_used(encoding: str) -> None:
    text = "id,name\n1,Peña\n"
    assert cells(read_delimited(text.encode(encoding), encoding)) == [["1", "Peña"]]


@pytest.mark.parametrize(
    ("data", "encoding", "message"),
    [
        (b"a,b\n1,2\n\xe9,3\n", "utf-8", "line 3 is not utf-8"),
        (b"a,b\n", "klingon", "'klingon', which does not exist"),
        (b"a,b\n", "hex", "'hex', which does not exist"),
        (b"a,b\n", "a\x00b", "which does not exist"),
        (b"a,b\n1,\xe9\n", "idna", "name the file's real encoding"),
        (b"a,b\n1,\\ud800\n", "unicode_escape", "name the file's real encoding"),
        (b"\xef\xbb\xbfa,b\n\xe9,1\n", None, "export it again as UTF-8"),
        (b"\xff\xfea\x00,\x00b\x00\n", None, "export it again as UTF-8"),
        (b"a,b\n1,\x00\n", None, "line 2 holds a zero byte"),
        (b"a,b\n" + b"1,2\n" * 5000 + b"1,\x00\n", None, "line 5002 holds a zero byte"),
        (b"", None, "the file is empty"),
        (b"\r\n \r\n", None, "the file is empty"),
        (b"\x00\x00", None, "the file is empty"),
    ],
)
def test_what_cannot_be_decoded_is_refused_with_the_place(data: bytes, encoding: str | None, message: str) -> None:
    with pytest.raises(ImportRefusedError, match=message):
        decode(data, encoding)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found_out(separator: str) -> None:
    text = f"id{separator}price{separator}name\n1{separator}2,5{separator}a;b\n".replace("a;b", "ab")
    assert sniff_separator(text) == separator


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("id;price\n1;2,5\n2;3,5\n", ";"),  # decimal commas
        ("id,comment\n1,yes; no; maybe\n2,a; b\n", ","),  # semicolons in the text
        ('id;comment\n1;"a, b, c\nd, e"\n2;x\n', ";"),  # quoted newlines
        ("only\n1\n2\n", ","),
    ],
)
def test_the_separator_cuts_every_row_alike(text: str, separator: str) -> None:
    assert sniff_separator(text) == separator


def test_the_separator_is_looked_for_from_the_header_on() -> None:
    raw = read_delimited(b"Report of May\n\nid;score\n1;9\n", header_row=3)
    assert (raw.columns, cells(raw), numbers(raw)) == (("id", "score"), [["1", "9"]], [4])


@pytest.mark.parametrize("separator", ["#", "^", " "])
def test_a_declared_separator_may_be_any_character(separator: str) -> None:
    assert cells(read_delimited(f"a{separator}b\n1{separator}2\n".encode(), None, separator)) == [["1", "2"]]


@pytest.mark.parametrize(
    ("text", "rest", "separator"),
    [
        ("sep=;\nid;n\n", "id;n\n", ";"),
        ("SEP=,\r\nid,n\n", "id,n\n", ","),
        ("sep=\t\rid\tn\r", "id\tn\r", "\t"),
        ("sep=;;;\nid;n\n", "id;n\n", ";"),
        ("sep=\nid,n\n", "id,n\n", None),
        ("sep=a,b\n1,2\n", "sep=a,b\n1,2\n", None),
        ('sep="\n1,2\n', 'sep="\n1,2\n', None),
        ("sep=;", "sep=;", None),
    ],
)
def test_the_line_of_excel_that_declares_the_separator_is_obeyed(text: str, rest: str, separator: str | None) -> None:
    assert without_separator_line(text) == (rest, separator)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", ["", "end"])
def test_every_kind_of_line_end_is_read(end: str, last: str) -> None:
    text = end.join(["id,n", "1,2", "3,4"]) + (end if last else "")
    assert cells(read_delimited(text.encode())) == [["1", "2"], ["3", "4"]]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_quoted_newlines_stay_in_their_cell(end: str) -> None:
    raw = read_delimited(f'id,text{end}1,"one{end}two, ""three"""{end}2,x{end}'.encode())
    assert cells(raw) == [["1", f'one{end}two, "three"'], ["2", "x"]]
    assert numbers(raw) == [2, 3]


def test_spaces_around_headers_are_taken_away() -> None:
    assert read_delimited(b"  id , score \n1,2\n").columns == ("id", "score")


@pytest.mark.parametrize("name", ["*", "^a.*$", "a_duplicated_0"])
def test_a_header_may_be_any_text(name: str) -> None:
    raw = read_delimited(f"a,{name},\n1,2,\n".encode())
    assert (raw.columns, cells(raw)) == (("a", name), [["1", "2"]])


@pytest.mark.parametrize(
    ("text", "good", "bad"),
    [
        ("a,b\n1,2\n3\n4,5\n", [2, 4], [(3, "1 / 2", "fields_too_few", "3")]),
        ("a,b\n1,2,3\n4,5\n", [3], [(2, "3 / 2", "fields_too_many", "1¦2¦3")]),
        ("a,b,\n1,2,\n3,4,x\n", [2], [(3, "3 / 2", "fields_too_many", "3¦4¦x")]),
        ("a,b\n1\n2,3,\n", [3], [(2, "1 / 2", "fields_too_few", "1")]),
        ("a,b\n\n,,\n4,5\n", [3, 4], []),
        ("a,b\n1,2,3\n4\n", [], [(2, "3 / 2", "fields_too_many", "1¦2¦3"), (3, "1 / 2", "fields_too_few", "4")]),
    ],
)
def test_rows_of_the_wrong_shape_go_to_quarantine(
    text: str, good: list[int], bad: list[tuple[int, str, str, str]]
) -> None:
    raw = read_delimited(text.encode())
    assert numbers(raw) == good
    assert raw.rejected.select("row", "value", "reason", "raw").rows() == bad
    assert raw.rows == len(good) + len(bad)


def test_separators_at_the_right_end_lose_nothing() -> None:
    assert cells(read_delimited(b"a,b,,\n1,2,,\n3,4,,\n")) == [["1", "2"], ["3", "4"]]
    assert cells(read_delimited(b"a,b\n1,2,\n3,4,,\n")) == [["1", "2"], ["3", "4"]]


@pytest.mark.parametrize("text", ["a,b\n1,2\n\n3,4\n\n", "a,b\r\n1,2\r\n\r\n3,4\r\n"])
def test_blank_lines_are_not_rows_but_keep_their_number(text: str) -> None:
    raw = read_delimited(text.encode())
    assert (cells(raw), numbers(raw), raw.rows) == ([["1", "2"], ["3", "4"]], [2, 4], 2)


@pytest.mark.parametrize("text", ["a\n1\n\n2\n", "a\r\n1\r\n\r\n2\r\n", "a\r1\r\r2"])
def test_one_column_is_a_table_too(text: str) -> None:
    raw = read_delimited(text.encode())
    assert (cells(raw), numbers(raw)) == ([["1"], ["2"]], [2, 4])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('a,b\n1,"x\n2,y\n3,z\n', "row 2, line 4: a quote is opened and never closed"),
        ('a,"b\n1,2\n', "row 1, the header, cannot be read: a quote is opened"),
        ('a,b\n1,2\n"x"y,2\n', "row 3, line 3: text follows a closing quote"),
        ("<!DOCTYPE html>\n<html></html>", "web page or XML"),
        ("  <div>Sign in</div>", "web page or XML"),
        ("<?xml version='1.0'?><a/>", "web page or XML"),
        ('{"a": 1}', "this is JSON"),
        ('[\n  {"a": 1}]', "this is JSON"),
        ("a,a\n1,2\n", "row 1: the column 'a' appears twice; rename one"),
        ("a, a \n1,2\n", "row 1: the column 'a' appears twice; rename one"),
        (",,\n1,2,3\n", "row 1 is empty"),
        ("\na,b\n1,2\n", "row 1 is empty"),
        ("a,__row__\n1,2\n", "cannot be called __row__"),
        (",".join(f"c{i}" for i in range(513)) + "\n", "513 columns; at most 512"),
    ],
)
def test_what_is_not_a_table_is_refused_in_words(text: str, message: str) -> None:
    with pytest.raises(ImportRefusedError, match=message):
        read_delimited(text.encode())


def test_a_header_beyond_the_end_is_refused() -> None:
    with pytest.raises(ImportRefusedError, match="there is no header"):
        read_delimited(b"a,b\n1,2\n", header_row=9)


def test_a_cell_of_five_megabytes_is_refused_or_read_but_never_cut() -> None:
    huge = "x" * 5_000_000
    assert cells(read_delimited(f"a,b\n1,{huge}\n".encode())) == [["1", huge]]
    with pytest.raises(ImportRefusedError, match="row 3, line 3: a cell is longer than 2,097,152 characters"):
        read_delimited(f"a,b\n1\n2,{huge}\n".encode())


def test_the_fast_way_reads_a_plain_file_and_windows_files(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("the careful way was taken")

    monkeypatch.setattr(delimited, "_read_carefully", fail)
    for text in ("a,b\n1,2\n", 'a,b\r\n1,"x,\r\ny"\r\n', "a,b\r1,2\r", 'a;b\n"1""";2\n'):
        assert read_delimited(text.encode()).rows == 1


tidy_text = st.text(
    st.one_of(st.sampled_from(list(",;\t|\"' \n\rñé€0 9.-ab")), st.characters(blacklist_categories=("Cs", "Cc"))),
    max_size=8,
)
tables = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(tidy_text, min_size=width, max_size=width), min_size=1, max_size=8)
)


@given(
    rows=tables,
    separator=st.sampled_from([",", ";", "\t", "|", "#"]),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]),
    everything=st.booleans(),
)
def test_a_written_table_is_read_back_equal(
    rows: list[list[str]], separator: str, end: str, encoding: str, everything: bool
) -> None:
    header = [f"c{place}" for place in range(len(rows[0]))]

    def field(value: str) -> str:
        needs_quotes = everything or any(mark in value for mark in (separator, '"', "\n", "\r"))
        return '"' + value.replace('"', '""') + '"' if needs_quotes else value

    text = "".join(separator.join(map(field, row)) + end for row in [header, *rows])
    raw = read_delimited(text.encode(encoding), encoding, separator)
    assert raw.columns == tuple(header)
    assert cells(raw) == rows
    assert numbers(raw) == list(range(2, len(rows) + 2))


@settings(max_examples=400)
@given(
    text=st.text(st.sampled_from(list('a1,;"\n\r ')), max_size=40),
    header=st.sampled_from(["a,b\n", "a,b\r\n", "a\n", "a,b,\n", "a;b\r", 'a,"b"\n']),
)
def test_both_ways_give_the_same_cells(text: str, header: str) -> None:
    """Whatever the fast way accepts, the careful way reads alike."""

    def outcome(fast: bool) -> tuple[object, ...] | str:
        original = delimited._read_fast
        if not fast:
            delimited._read_fast = lambda *_: None  # type: ignore[assignment]  # the careful way alone
        try:
            raw = read_delimited((header + text).encode())
        except ImportRefusedError as error:
            return str(error)
        finally:
            delimited._read_fast = original
        return raw.columns, raw.cells.rows(), raw.rejected.rows()

    assert outcome(True) == outcome(False)


@given(st.binary(max_size=300))
def test_random_bytes_are_a_table_or_refused(data: bytes) -> None:
    try:
        raw = read_delimited(data)
    except ImportRefusedError as error:
        assert str(error)
    else:
        assert raw.rows == raw.cells.height + raw.rejected.height
        assert raw.cells.drop(ROW).schema == dict.fromkeys(raw.columns, pl.String())
