"""Attempts are counted by name and by address, and a window slides."""

import threading

import pytest

from assistant.errors import TooManyAttempts, TooManyQuestions
from assistant.people.ask_quota import AskQuota
from assistant.people.person import LOCAL_PERSON, Person, Role
from assistant.people.sliding_window import SlidingWindow
from assistant.people.throttle import LogInThrottle

ANN = Person("ann", Role.READER)


class TestSlidingWindow:
    def test_a_place_is_free_again_when_the_oldest_is_a_minute_old(self) -> None:
        times = [0.0]
        window = SlidingWindow(2, clock=lambda: times[0])
        assert [window.take("a"), window.take("a"), window.take("b")] == [0, 0, 0]
        times[0] = 20.5
        assert window.take("a") == 40  # 39.5 seconds
        times[0] = 60.0
        assert [window.take("a"), window.take("a"), window.take("a")] == [0, 0, 60]

    def test_many_at_once_are_no_way_around(self) -> None:
        window = SlidingWindow(5)
        taken: list[int] = []
        threads = [threading.Thread(target=lambda: taken.append(window.take("a"))) for _ in range(40)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert taken.count(0) == 5

    def test_what_is_over_is_forgotten(self) -> None:
        times = [0.0]
        window = SlidingWindow(1, clock=lambda: times[0])
        for number in range(10_001):
            window.take(number)
        times[0] = 61.0
        window.take("last")

        assert len(window._times) == 1


class TestLogIns:
    def test_five_of_a_name_and_ten_of_an_address(self) -> None:
        throttle = LogInThrottle(lambda: 0.0)
        for number in range(5):
            throttle.attempt("ann", f"192.0.2.{number}")
        with pytest.raises(TooManyAttempts, match="60 seconds"):
            throttle.attempt("ANN", "192.0.2.9")
        for number in range(10):
            throttle.attempt(f"guess{number}", "198.51.100.1")
        with pytest.raises(TooManyAttempts):
            throttle.attempt("bob", "198.51.100.1")

    def test_a_right_one_is_not_counted(self) -> None:
        throttle = LogInThrottle(lambda: 0.0)
        for _ in range(50):
            throttle.attempt("ann", "192.0.2.1")
            throttle.succeeded("ann", "192.0.2.1")

    def test_an_address_of_ipv6_is_the_network_of_its_owner(self) -> None:
        throttle = LogInThrottle(lambda: 0.0)
        for number in range(10):
            throttle.attempt(f"guess{number}", f"2001:db8::{number}")
        with pytest.raises(TooManyAttempts):
            throttle.attempt("ann", "2001:db8::ffff")
        throttle.attempt("ann", "2001:db8:1::1")


class TestQuota:
    def test_the_sixteenth_question_of_a_minute_is_refused_with_the_number(self) -> None:
        times = [0.0]
        quota = AskQuota(15, lambda: times[0])
        for _ in range(15):
            quota.take(ANN)
        with pytest.raises(
            TooManyQuestions, match="15 questions a minute; ask again in 60 seconds"
        ) as raised:
            quota.take(ANN)
        assert (raised.value.limit, raised.value.seconds) == (15, 60)
        quota.take(Person("bob", Role.READER))
        times[0] = 60.0
        quota.take(ANN)

    def test_who_sits_at_a_page_without_log_in_is_not_counted(self) -> None:
        quota = AskQuota(1)
        for _ in range(100):
            quota.take(LOCAL_PERSON)
