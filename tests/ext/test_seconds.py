"""A build says which chapters took longest to execute, and names every one beyond the limit."""

from tests.ext.test_extensions import extension

seconds = extension("run/seconds")


def test_the_slowest_chapters_are_named_and_those_beyond_the_limit_too() -> None:
    said = seconds.verdict({"a": 3.0, "b": 19.94, "c": 1.0, "d": 2.0})
    slowest = "The slowest chapters to execute: b 19.9 s, a 3.0 s, d 2.0 s"
    assert said == f"{slowest}; none beyond the limit of 20 s"
    assert seconds.verdict({"a": 3.0, "b": 21.0, "c": 25.0}).endswith(
        "; beyond the limit of 20 s: c, b"
    )
