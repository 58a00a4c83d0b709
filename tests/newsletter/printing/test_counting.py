"""How often codes were opened, told without small numbers."""

from newsletter.printing.counting import count_lines


def test_a_small_number_is_hidden_and_no_sum_gives_it_away() -> None:
    totals = [(1, "aaaa", 12), (1, "bbbb", 4), (None, "aaaa", 7)]
    lines = count_lines(totals, rounds=[(1, "Doors"), (None, "None")], stories=["aaaa", "bbbb"])
    assert [(line.name, line.numbers, line.total) for line in lines] == [
        ("Doors", ["12", "fewer than 5"], "12, and a few"),
        ("None", ["7", "0"], "7"),
    ]


def test_lines_that_differ_in_hidden_numbers_only_look_the_same() -> None:
    told = [
        count_lines([(1, "a", small), (1, "b", 9)], rounds=[(1, "Doors")], stories=["a", "b"]) for small in (1, 2, 3, 4)
    ]
    assert all(lines == told[0] for lines in told)


def test_a_round_with_nothing_but_small_numbers_has_no_sum() -> None:
    (line,) = count_lines([(1, "a", 1)], rounds=[(1, "Doors")], stories=["a"])
    assert line.total == "a few"
