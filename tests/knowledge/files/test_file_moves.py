from knowledge.files.file_moves import moved_files, repeated_files


def test_what_is_gone_and_stands_elsewhere_was_moved() -> None:
    before = {"a": "1", "b": "2", "c": "3"}
    assert moved_files(["a", "c"], before, {"x": "1", "y": "9"}) == (("a", "x"),)
    assert moved_files([], before, {"x": "1"}) == ()
    assert moved_files(["unknown"], before, {"x": "1"}) == ()


def test_each_of_several_equal_files_is_moved_once() -> None:
    before = {"a": "1", "b": "1", "c": "1"}
    after = {"x": "1", "y": "1"}
    assert moved_files(["c", "b", "a"], before, after) == (("a", "x"), ("b", "y"))


def test_a_new_file_that_holds_what_another_holds_is_paired_with_it() -> None:
    before = {"m": "1", "n": "2"}
    after = {"a": "1", "m": "1", "n": "2", "x": "3", "y": "3"}
    assert repeated_files(before, after) == (("a", "m"), ("y", "x"))
    assert repeated_files(after, after) == ()


def test_a_changed_file_may_become_a_repetition() -> None:
    assert repeated_files({"a": "1", "b": "2"}, {"a": "2", "b": "2"}) == (("a", "b"),)
