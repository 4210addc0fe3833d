const DAY_MS = 86_400_000

const day = (ms: number) => new Date(ms).toISOString().slice(0, 10)

/** A year as weeks from Monday: each has seven places, null where the day is in another year. */
export function weeksOfYear(year: number): (string | null)[][] {
  const first = Date.UTC(year, 0, 1)
  const beyond = Date.UTC(year + 1, 0, 1)
  const monday = first - ((new Date(first).getUTCDay() + 6) % 7) * DAY_MS
  const weeks: (string | null)[][] = []
  for (let start = monday; start < beyond; start += 7 * DAY_MS) {
    const days = Array.from({ length: 7 }, (_, weekday) => start + weekday * DAY_MS)
    weeks.push(days.map((ms) => (ms >= first && ms < beyond ? day(ms) : null)))
  }
  return weeks
}

/** The first week that holds the first of each month, to write the month above it. */
export function monthStarts(weeks: readonly (readonly (string | null)[])[]): ReadonlyMap<number, string> {
  const found = new Map<number, string>()
  weeks.forEach((week, index) => {
    const first = week.find((each) => each?.endsWith('-01'))
    if (first) found.set(index, first)
  })
  return found
}
