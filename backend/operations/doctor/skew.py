"""How far two clocks are apart."""

from backend.operations.doctor.lines import Line, Numbers, Topic, span

WARN_SECONDS, FAIL_SECONDS = 2.0, 30.0


def skew(before: float, after: float, theirs: float) -> float:
    """Seconds by which another clock is ahead of ours, which showed ``before`` and ``after`` around its answer; 0 where it fits in."""
    if theirs < before:
        return theirs - before
    return max(0.0, theirs - after)


def judge(topic: Topic, whose: str, before: float, after: float, theirs: float) -> Line:
    """The line about the other clock; all three in seconds since 1970."""
    apart = skew(before, after, theirs)
    numbers: Numbers = {"seconds": round(apart, 3)}
    if abs(apart) <= WARN_SECONDS:
        return topic.good(f"{whose}'s clock and this machine's agree.", **numbers)
    say = f"{whose}'s clock is {span(apart)} {'ahead of' if apart > 0 else 'behind'} this machine's."
    return topic.bad(say, **numbers) if abs(apart) > FAIL_SECONDS else topic.doubtful(say, **numbers)
