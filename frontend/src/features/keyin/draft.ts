import { clockOf, dayAfter, instantsAt, isRatherAfternoon, readTime, weekdayOf, type Hours } from './times'

export interface Person {
  id: string
  displayName: string
}

/** One line of the paper as it is typed. */
export interface Draft {
  day: string
  client: Person | null
  came: string
  left: string
  /** Which one is meant of a time that the clocks showed twice. */
  which: 'first' | 'second' | ''
}

export interface Times {
  happenedAt: string
  leftAt: string | null
}

/** A message key below `keyin.wrong`, and what stands in it. */
export interface Wrong {
  key: string
  values?: Record<string, string>
}

export type DraftErrors = Partial<Record<'day' | 'client' | 'came' | 'left' | 'which', Wrong>>

export interface Surroundings {
  zone: string
  /** In milliseconds since 1970. */
  now: number
  /** Of each weekday from Monday; empty while they are not known. */
  week: readonly (Hours | null)[]
}

/** As the server has it. */
const LONGEST_AGO_MS = 60 * 86_400_000
/** Whoever leaves before this came on the day before. */
const SMALL_HOURS = 6 * 60

/** Puts the clock's time into its day. */
function place(day: string, minutes: number, which: Draft['which'], zone: string): string | Wrong {
  const [first, second] = instantsAt(day, minutes, zone)
  if (!first) return { key: 'skipped', values: { time: clockOf(minutes) } }
  if (!second || which === 'first') return first
  return which === 'second' ? second : { key: 'twice', values: { time: clockOf(minutes) } }
}

function read(text: string, day: string, week: Surroundings['week']): number | Wrong {
  const found = readTime(text)
  if (!found) return { key: text.trim() ? 'notATime' : 'noTime' }
  // 6:32 on a paper is half past six in the evening where the centre opens at noon; it is asked, not guessed.
  if (isRatherAfternoon(found, week[weekdayOf(day)] ?? null))
    return { key: 'half', values: { time: clockOf(found.minutes), later: clockOf(found.minutes + 720) } }
  return found.minutes
}

const isWrong = (value: object | string | number): value is Wrong => typeof value === 'object'

/** The times of a line as instants, or what is wrong with it, field by field. */
export function checkDraft(draft: Draft, around: Surroundings): Times | DraftErrors {
  const errors: DraftErrors = {}
  if (!draft.client) errors.client = { key: 'noClient' }
  if (!draft.day) return { ...errors, day: { key: 'noDay' } }
  const came = read(draft.came, draft.day, around.week)
  if (isWrong(came)) return { ...errors, came }
  const happenedAt = place(draft.day, came, draft.which, around.zone)
  if (isWrong(happenedAt)) return { ...errors, [happenedAt.key === 'twice' ? 'which' : 'came']: happenedAt }
  const at = Date.parse(happenedAt)
  if (at > around.now) errors.came = { key: 'future' }
  else if (at < around.now - LONGEST_AGO_MS) errors.day = { key: 'tooLongAgo' }
  const leftAt = draft.left.trim() ? leave(draft, came, at, around) : null
  if (leftAt !== null && isWrong(leftAt)) errors[leftAt.key === 'twice' ? 'which' : 'left'] = leftAt
  else if (!Object.keys(errors).length) return { happenedAt, leftAt }
  return errors
}

function leave(draft: Draft, came: number, cameAt: number, { zone, now, week }: Surroundings): string | Wrong {
  const left = read(draft.left, draft.day, week)
  if (isWrong(left)) return left
  const isNextDay = left <= came && left < SMALL_HOURS && came >= SMALL_HOURS
  const leftAt = place(isNextDay ? dayAfter(draft.day) : draft.day, left, draft.which, zone)
  if (isWrong(leftAt)) return leftAt
  if (Date.parse(leftAt) <= cameAt) return { key: 'before' }
  return Date.parse(leftAt) > now ? { key: 'future' } : leftAt
}

export const isTimes = (checked: Times | DraftErrors): checked is Times => 'happenedAt' in checked
