"""The periods, by their worked examples and by what must hold for any day."""

import doctest
import json
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.law import clock
from panel.law.bank_holidays import EXTRA_CLOSURES, not_working
from panel.law.period import Count, TwelveMonths, clock_time, long_date
from panel.law.period_kinds import KINDS

DAY = timedelta(days=1)
POLL, ACCEPTANCE = date(2024, 5, 2), date(2024, 5, 9)

days = st.dates(date(1990, 1, 1), date(2090, 12, 31))
lengths = st.integers(1, 60)


def texts(count: Count) -> list[str]:
    return [line.text for line in count.lines]


def test_the_example_at_the_head_of_the_module_runs() -> None:
    result = doctest.testmod(clock)
    assert result.attempted > 0
    assert result.failed == 0


# Three weeks: Sch 1 para 10, Sch 8 para 4(6)


@pytest.mark.parametrize(
    "received, election, last",
    [
        (date(2022, 7, 1), (), date(2022, 7, 21)),
        (date(2024, 2, 12), (), date(2024, 3, 3)),
        (date(2024, 4, 20), (POLL, ACCEPTANCE), date(2024, 5, 18)),
        (date(2024, 5, 5), (POLL, ACCEPTANCE), date(2024, 5, 30)),
    ],
)
def test_three_weeks_worked(received: date, election: tuple[date, ...], last: date) -> None:
    assert clock.three_weeks(received, *election).day == last


def test_three_weeks_show_the_days_of_the_election_as_left_out() -> None:
    count = clock.three_weeks(date(2024, 4, 20), POLL, ACCEPTANCE)
    assert count.excluded == tuple((POLL + i * DAY, "post-election period") for i in range(8))
    assert count.folded == (
        "Saturday 20 April 2024 to Wednesday 1 May 2024: days 1 to 12",
        "Thursday 2 May 2024 to Thursday 9 May 2024: not counted, post-election period",
        "Friday 10 May 2024 to Saturday 18 May 2024: days 13 to 21",
    )


def test_three_weeks_notified_within_the_gap_begin_after_it_and_say_so() -> None:
    count = clock.three_weeks(date(2024, 5, 5), POLL, ACCEPTANCE)
    assert count.first_day == date(2024, 5, 10)
    assert count.explanation == (
        "The last day is Thursday 30 May 2024: three weeks beginning with Friday 10 May 2024, as the notification came "
        "on Sunday 5 May 2024, leaving out Sunday 5 May 2024 to Thursday 9 May 2024, post-election period."
    )


@pytest.mark.parametrize(
    "received, left_out",
    [
        (POLL - 21 * DAY, 0),  # the last day is the eve of the poll
        (POLL - 20 * DAY, 8),  # the twenty-first day would have been the poll
        (POLL, 8),
        (ACCEPTANCE, 1),
        (ACCEPTANCE + DAY, 0),
    ],
)
def test_three_weeks_at_the_edges_of_the_gap(received: date, left_out: int) -> None:
    count = clock.three_weeks(received, POLL, ACCEPTANCE)
    assert len(count.excluded) == left_out
    assert count.day == received + (20 + left_out) * DAY


def test_three_weeks_cannot_be_told_between_poll_and_acceptance_but_can_before() -> None:
    assert clock.three_weeks(POLL - 21 * DAY, POLL).day == POLL - DAY
    with pytest.raises(ValueError, match="not known until the person elected accepts office"):
        clock.three_weeks(POLL - 20 * DAY, POLL)


def test_three_weeks_refuse_an_acceptance_without_or_before_a_poll() -> None:
    with pytest.raises(ValueError, match="day of the poll as well"):
        clock.three_weeks(POLL, acceptance=ACCEPTANCE)
    with pytest.raises(ValueError, match="cannot come before the poll"):
        clock.three_weeks(POLL, ACCEPTANCE, POLL)


@given(days)
def test_three_weeks_without_a_gap_end_twenty_days_later(received: date) -> None:
    count = clock.three_weeks(received)
    assert count.day == received + 20 * DAY
    assert count.excluded == ()


@given(days, days, days)
def test_three_weeks_always_count_twenty_one_days_and_none_of_the_gap(received: date, one: date, other: date) -> None:
    poll, acceptance = min(one, other), min(max(one, other), min(one, other) + 40 * DAY)
    count = clock.three_weeks(received, poll, acceptance)
    assert [line.number for line in count.counted] == list(range(1, 22))
    assert not any(poll <= line.day <= acceptance for line in count.counted)
    assert clock.three_weeks(received + DAY, poll, acceptance).day >= count.day


# Referral to the IOPC: reg 13


def test_iopc_referral_worked_on_a_friday_ends_on_the_saturday() -> None:
    count = clock.iopc_referral(date(2022, 9, 9))
    assert count.day == date(2022, 9, 10)
    assert texts(count) == [
        "Friday 9 September 2022: not counted, the day the period is counted from",
        "Saturday 10 September 2022: day 1",
    ]


@given(days)
def test_iopc_referral_is_safe_on_the_other_reading_too(clear_on: date) -> None:
    assert clock.iopc_referral(clear_on).day <= clock.working_days(clear_on, 1).day


def test_the_reading_of_the_referral_day_is_one_constant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "IOPC_REFERRAL_DAYS", clock.working_days)
    assert clock.iopc_referral(date(2022, 9, 9)).day == date(2022, 9, 12)


# Clear days: LGA 1972 s 100B


@pytest.mark.parametrize(
    "meeting, publish",
    [
        (date(2022, 9, 7), date(2022, 8, 30)),
        (date(2023, 4, 14), date(2023, 4, 4)),
        (date(2022, 9, 12), date(2022, 9, 2)),  # the five fill the week before: publish on the Friday, not the Sunday
    ],
)
def test_clear_days_worked(meeting: date, publish: date) -> None:
    assert clock.clear_days(meeting).day == publish


def test_clear_days_over_easter_say_why_each_day_is_left_out() -> None:
    assert texts(clock.clear_days(date(2023, 4, 14))) == [
        "Tuesday 4 April 2023: not counted, day of publication",
        "Wednesday 5 April 2023: clear working day 1",
        "Thursday 6 April 2023: clear working day 2",
        "Friday 7 April 2023: not counted, bank holiday (Good Friday)",
        "Saturday 8 April 2023: not counted, weekend",
        "Sunday 9 April 2023: not counted, weekend",
        "Monday 10 April 2023: not counted, bank holiday (Easter Monday)",
        "Tuesday 11 April 2023: clear working day 3",
        "Wednesday 12 April 2023: clear working day 4",
        "Thursday 13 April 2023: clear working day 5",
        "Friday 14 April 2023: not counted, day of the meeting",
    ]


def test_clear_days_explained() -> None:
    assert clock.clear_days(date(2023, 4, 14)).explanation == (
        "The last day is Tuesday 4 April 2023: 5 clear working days between publication and the meeting on Friday "
        "14 April 2023, leaving out 2 weekend days; Friday 7 April 2023, bank holiday (Good Friday); and Monday "
        "10 April 2023, bank holiday (Easter Monday)."
    )


def test_clear_days_of_the_calendar_count_weekends() -> None:
    assert clock.clear_days(date(2022, 9, 12), working=False).day == date(2022, 9, 6)


@given(days, st.integers(1, 15), st.booleans())
def test_clear_days_never_count_publication_or_meeting(meeting: date, n: int, working: bool) -> None:
    count = clock.clear_days(meeting, n, working=working)
    assert [line.number for line in count.counted] == list(range(1, n + 1))
    assert all(count.day < line.day < meeting for line in count.counted)
    assert count.lines[0].day == count.day
    assert count.lines[-1].day == meeting
    assert not working or not_working(count.day) is None
    assert clock.clear_days(meeting + DAY, n, working=working).day >= count.day


# Asking to take part


@pytest.mark.parametrize(
    "meeting, day",
    [
        (date(2022, 9, 7), date(2022, 9, 6)),
        (date(2022, 9, 20), date(2022, 9, 16)),
        (date(2022, 9, 5), date(2022, 9, 2)),
    ],
)
def test_participation_ends_at_nine_on_the_last_working_day_before(meeting: date, day: date) -> None:
    count = clock.participation(meeting)
    assert (count.day, count.at) == (day, time(9, 0))


def test_participation_explained_with_another_hour() -> None:
    assert clock.participation(date(2022, 9, 7), hour=12).explanation == (
        "The latest time is midday on Tuesday 6 September 2022: the last working day before the meeting on "
        "Wednesday 7 September 2022."
    )
    with pytest.raises(ValueError, match="from 0 to 23, not 24"):
        clock.participation(date(2022, 9, 7), hour=24)


@pytest.mark.parametrize(
    "at, words",
    [(time(9), "9am"), (time(0), "midnight"), (time(12), "midday"), (time(12, 5), "12:05pm"), (time(17, 30), "5:30pm")],
)
def test_times_in_the_house_style(at: time, words: str) -> None:
    assert clock_time(at) == words


# Working days


@pytest.mark.parametrize(
    "start, n, last",
    [
        (date(2022, 9, 14), 5, date(2022, 9, 22)),
        (date(2023, 5, 4), 3, date(2023, 5, 10)),
        (date(2026, 12, 24), 1, date(2026, 12, 29)),  # Boxing Day is a Saturday: the Monday is its substitute
        (date(2022, 9, 10), 1, date(2022, 9, 12)),  # from a Saturday
    ],
)
def test_working_days_worked(start: date, n: int, last: date) -> None:
    assert clock.working_days(start, n).day == last


def test_working_days_explained() -> None:
    count = clock.working_days(date(2022, 9, 14), 5)
    assert count.explanation == (
        "The last day is Thursday 22 September 2022: 5 working days after Wednesday 14 September 2022, leaving out "
        "2 weekend days and Monday 19 September 2022, bank holiday (State Funeral of Queen Elizabeth II)."
    )
    assert count.first_day == date(2022, 9, 15)


def test_a_substitute_day_is_named_and_a_holiday_at_a_weekend_is_a_weekend() -> None:
    assert not_working(date(2026, 12, 26)) == "weekend"
    assert not_working(date(2026, 12, 28)) == "bank holiday (Boxing Day, substitute day)"


def test_a_closure_the_library_does_not_know_yet_can_be_added(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(EXTRA_CLOSURES, date(2027, 6, 15), "Day of Thanks")
    assert clock.working_days(date(2027, 6, 14), 1).day == date(2027, 6, 16)
    assert not_working(date(2027, 6, 15)) == "bank holiday (Day of Thanks)"


def test_bank_holidays_that_nobody_knows_are_not_guessed() -> None:
    with pytest.raises(ValueError, match="known only from 1972 to 2100, not for 2101"):
        clock.working_days(date(2100, 12, 31), 1)


@given(days, lengths)
def test_working_days_count_exactly_n_and_end_on_one(start: date, n: int) -> None:
    count = clock.working_days(start, n)
    assert [line.number for line in count.counted] == list(range(1, n + 1))
    assert all(not_working(line.day) is None for line in count.counted)
    assert count.day == count.counted[-1].day
    assert {day for day, _ in count.excluded} == {line.day for line in count.lines[1:]} - {
        line.day for line in count.counted
    }


@given(days, days, lengths, lengths)
def test_working_days_are_monotone(one: date, other: date, n: int, m: int) -> None:
    start, later = sorted((one, other))
    fewer, more = sorted((n, m))
    assert clock.working_days(start, fewer).day <= clock.working_days(later, more).day


# Days, weeks and months


@given(days, lengths)
def test_days_weeks_and_months_count_n_of_them(start: date, n: int) -> None:
    assert clock.calendar_days(start, n).day == start + n * DAY
    assert clock.weeks(start, n).day == start + 7 * n * DAY
    for count in (clock.calendar_days(start, n), clock.weeks(start, n), clock.months(start, n)):
        assert [line.number for line in count.counted] == list(range(1, n + 1))
        assert count.first_day == start + DAY


def test_months_end_with_a_shorter_month() -> None:
    assert clock.months(date(2023, 1, 31), 1).day == date(2023, 2, 28)
    assert clock.months(date(2023, 11, 30), 3).day == date(2024, 2, 29)
    assert clock.months(date(2022, 12, 15), 1).day == date(2023, 1, 15)


@given(days, st.sampled_from([clock.calendar_days, clock.weeks, clock.months, clock.working_days]), lengths)
def test_a_day_later_never_ends_earlier(start: date, period: clock.Period, n: int) -> None:
    assert period(start, n).day <= period(start + DAY, n).day


@pytest.mark.parametrize("n", [0, -1, clock.LONGEST_PERIOD_UNITS + 1])
def test_a_period_of_no_length_or_an_absurd_one_is_refused(n: int) -> None:
    for period in (clock.calendar_days, clock.working_days, clock.weeks, clock.months, clock.clear_days):
        with pytest.raises(ValueError, match=f"from 1 to {clock.LONGEST_PERIOD_UNITS}, not {n}"):
            period(date(2022, 9, 7), n)


def test_a_moment_is_not_a_legal_day_and_a_mistyped_year_is_named() -> None:
    with pytest.raises(TypeError, match="plain date, not the moment 2022-09-07T23:30"):
        clock.calendar_days(datetime(2022, 9, 7, 23, 30, tzinfo=UTC), 1)
    with pytest.raises(ValueError, match="Check the year of Tuesday 7 September 202:"):
        clock.three_weeks(date(202, 9, 7))


# More than twelve months: reg 15(3)(b)


@pytest.mark.parametrize(
    "incident, made, answer",
    [
        (date(2021, 3, 15), date(2022, 3, 15), False),
        (date(2021, 3, 15), date(2022, 3, 16), True),
        (date(2020, 2, 29), date(2021, 2, 28), False),
        (date(2020, 2, 29), date(2021, 3, 1), True),
        (date(2023, 2, 28), date(2024, 2, 28), False),
        (date(2023, 2, 28), date(2024, 2, 29), True),
        (date(2023, 3, 1), date(2024, 2, 29), False),
        (date(2022, 3, 1), date(2022, 3, 1), False),
    ],
)
def test_twelve_months_worked(incident: date, made: date, answer: bool) -> None:
    assert clock.more_than_twelve_months(incident, made).answer is answer


def test_twelve_months_explained() -> None:
    incident = date(2021, 3, 15)
    assert clock.more_than_twelve_months(incident, date(2022, 3, 16)) == TwelveMonths(
        True,
        "Yes: the complaint was made on Wednesday 16 March 2022, 1 day after the twelve months from the incident on "
        "Monday 15 March 2021 ended on Tuesday 15 March 2022.",
    )
    assert clock.more_than_twelve_months(incident, date(2022, 3, 15)).explanation == (
        "No: the complaint was made on Tuesday 15 March 2022, within the twelve months from the incident on "
        "Monday 15 March 2021, of which Tuesday 15 March 2022 is the last day."
    )


def test_a_complaint_before_its_incident_is_refused() -> None:
    with pytest.raises(ValueError, match="check both dates"):
        clock.more_than_twelve_months(date(2022, 3, 16), date(2022, 3, 15))


@given(days)
def test_twelve_months_turn_on_one_day(incident: date) -> None:
    last = clock.months(incident, 12).day
    assert not clock.more_than_twelve_months(incident, last).answer
    assert clock.more_than_twelve_months(incident, last + DAY).answer


# Municipal years and today


@pytest.mark.parametrize(
    "day, year",
    [(date(2022, 3, 31), "2021-22"), (date(2022, 4, 1), "2022-23"), (date(2099, 12, 31), "2099-00")],
)
def test_municipal_year_begins_on_the_first_of_april(day: date, year: str) -> None:
    assert clock.municipal_year(day) == year


def test_a_moment_lies_in_no_municipal_year() -> None:
    with pytest.raises(TypeError, match="plain date, not the moment 2022-09-07T23:30"):
        clock.municipal_year(datetime(2022, 9, 7, 23, 30, tzinfo=UTC))


def test_year_bounds() -> None:
    assert clock.year_bounds("2022-23") == (date(2022, 4, 1), date(2023, 3, 31))
    assert clock.year_bounds("1999-00") == (date(1999, 4, 1), date(2000, 3, 31))


@pytest.mark.parametrize("junk", ["2021-23", "2022/23", "2022", "", "0000-01", "9999-00", "２０２２-23", "2022-23\n"])
def test_a_year_that_is_none_is_refused_in_words(junk: str) -> None:
    with pytest.raises(ValueError, match="is not a municipal year: write two years that follow each other"):
        clock.year_bounds(junk)


@given(days)
def test_every_day_lies_in_its_municipal_year(day: date) -> None:
    first, last = clock.year_bounds(clock.municipal_year(day))
    assert first <= day <= last


def test_today_is_the_plain_date_in_london() -> None:
    before, found, after = datetime.now(clock.LONDON).date(), clock.today(), datetime.now(clock.LONDON).date()
    assert before <= found <= after
    assert type(found) is date


# Storing a count, and the kinds on offer


counts = st.one_of(
    st.builds(clock.working_days, days, lengths),
    st.builds(clock.weeks, days, lengths),
    st.builds(clock.clear_days, days),
    st.builds(clock.participation, days),
    st.builds(clock.three_weeks, days, st.just(POLL), st.just(ACCEPTANCE)),
)


@given(counts)
def test_a_count_comes_back_equal_from_json(count: Count) -> None:
    assert Count.from_json(json.loads(json.dumps(count.as_json()))) == count


@given(counts)
def test_every_explanation_is_one_sentence_and_folding_loses_no_day(count: Count) -> None:
    assert count.explanation.startswith("The la")
    assert count.explanation.endswith(".")
    assert count.explanation.count(". ") == 0
    assert 1 <= len(count.folded) <= len(count.lines)
    assert count.folded[0].startswith(long_date(count.lines[0].day))


def test_a_clock_does_not_go_on_before_it_stopped() -> None:
    with pytest.raises(ValueError, match="^a clock cannot go on before it was stopped$"):
        clock.paused(date(2026, 11, 10), date(2026, 11, 5), date(2026, 11, 4))


def test_a_wait_ends_on_a_working_day() -> None:
    count = clock.moved(clock.given(date(2026, 11, 10)), 5)
    assert count.day == date(2026, 11, 16)
    assert [line.day.day for line in count.lines[-2:]] == [15, 16]


def test_a_stored_count_that_is_not_one_is_refused() -> None:
    with pytest.raises(KeyError, match="day"):
        Count.from_json({})


ARGUMENTS: dict[str, dict[str, Any]] = {
    "three-weeks": {"received": date(2024, 4, 20), "poll": POLL, "acceptance": ACCEPTANCE},
    "iopc-referral": {"clear_on": date(2022, 9, 9)},
    "clear-days": {"meeting": date(2022, 9, 7), "n": 5},
    "participation": {"meeting": date(2022, 9, 7), "hour": 9},
    "working-days": {"start": date(2022, 9, 14), "n": 5},
    "calendar-days": {"start": date(2022, 9, 14), "n": 5},
    "weeks": {"start": date(2022, 9, 14), "n": 5},
    "months": {"start": date(2022, 9, 14), "n": 5},
    "twelve-months": {"incident": date(2021, 3, 15), "made": date(2022, 3, 16)},
}


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_asks_for_what_its_function_takes(name: str) -> None:
    kind, arguments = KINDS[name], ARGUMENTS[name]
    assert kind.name == name
    assert [ask.name for ask in kind.asks] == list(arguments)
    assert kind.reckon(**arguments).explanation.endswith(".")
    needed = {ask.name: arguments[ask.name] for ask in kind.asks if not ask.optional}
    assert kind.reckon(**needed).explanation.endswith(".")


def test_the_clock_can_be_set_and_goes_on_afterwards() -> None:
    moment = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)  # half past midnight on 1 July in London
    with clock.set_to(moment):
        assert clock.is_set()
        assert (clock.now(), clock.today()) == (moment, date(2026, 7, 1))
    assert not clock.is_set()


def test_the_clock_is_not_set_to_a_moment_without_a_zone() -> None:
    with pytest.raises(ValueError, match="Which zone"), clock.set_to(datetime(2026, 6, 30, 23, 30)):
        pass
