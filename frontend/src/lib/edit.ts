import { shallowRef } from 'vue'
import { i18n } from './i18n'
import { toFailure } from './graphql/failures'
import { failureText, formErrors, isProblem, type FieldChange, type Problem } from './problems'
import { useToasts } from './toasts'

/** Two people changed one field: what it is now, what was to be saved, and the two ways out. */
export interface EditConflict {
  /** Empty where nobody knows who it was. */
  byName: string
  /** When; null where it is not known. */
  at?: string | null
  /** As people read it; null: empty; undefined: not known. */
  theirs: string | null | undefined
  mine: string | null
  keepMine: () => Promise<SaveOutcome>
  takeTheirs: () => void
}

export type SaveOutcome =
  | { kind: 'saved' }
  /** `outage`: the server was not reached, so the same may be sent again later. */
  | { kind: 'problem'; sentence: string; outage?: boolean }
  | { kind: 'conflict'; conflict: EditConflict }

export type FieldValue = string | number | boolean | null

export interface EditParts<Field extends string> {
  /** The record as the page has it now. */
  record: () => { readonly version: number } & Readonly<Record<Field, unknown>>
  /** Sends one change on top of a version. Resolves to the result's union; rejects with a `Failure`. */
  send: (version: number, changes: Partial<Record<Field, FieldValue>>) => Promise<object>
  /** The field's name as people read it, for the line that offers to undo. */
  label: (field: Field) => string
  /** Reads the record anew. */
  reload: () => void
}

/** The version that a change is made on. `contested`: the field is known to have changed since then. */
interface Basis {
  from: number
  contested: boolean
}

const MOST_TRIES = 5

/** The version in a success: `changedVersion`, or that of the record in it, such as `TierSaved { tier { version } }`. */
function versionIn(answer: object): number | null {
  if ('changedVersion' in answer && typeof answer.changedVersion === 'number') return answer.changedVersion
  for (const value of Object.values(answer)) {
    if (typeof value === 'object' && value && 'version' in value && typeof value.version === 'number')
      return value.version
  }
  return null
}

function changeOf(field: string, changes: readonly FieldChange[]): FieldChange | undefined {
  return changes.find(({ path }) => (path[0] === 'input' ? path[1] : path[0]) === field)
}

/**
 * Edits a record field by field, each on top of the version that was read. The new value shows at once (`shown`). When
 * somebody else changed other fields meanwhile, both changes are kept; when they changed the same field, the outcome is a
 * conflict with both values. A saved change can be undone.
 */
export function useEdit<Field extends string>({ record, send, label, reload }: EditParts<Field>) {
  const { t } = i18n.global
  const toasts = useToasts()
  /** Values that are on their way, or saved in a version that the page has not read yet, by field. */
  const ahead = shallowRef<ReadonlyMap<Field, { value: FieldValue; until: number }>>(new Map())
  let known = 0
  let queue: Promise<unknown> = Promise.resolve()

  function look(field: Field, value: FieldValue | undefined, until = Infinity): void {
    const next = new Map(ahead.value)
    if (value === undefined) next.delete(field)
    else next.set(field, { value, until })
    ahead.value = next
  }

  /** What the page shows: the value on its way, or the one that was read. */
  function shown(field: Field): FieldValue {
    const next = ahead.value.get(field)
    return next && record().version < next.until ? next.value : ((record()[field] as FieldValue | undefined) ?? null)
  }

  async function attempt(
    field: Field,
    value: FieldValue,
    { from, contested }: Basis,
    canUndo: boolean,
  ): Promise<SaveOutcome> {
    const before = (record()[field] as FieldValue | undefined) ?? null
    let version = from
    let merged: string | null = null
    for (let tries = 1; ; tries++) {
      const answer = await send(version, { [field]: value } as Partial<Record<Field, FieldValue>>)
      if (!isProblem(answer)) {
        known = versionIn(answer) ?? version + 1
        offerUndo(field, before, value, merged, canUndo)
        reload()
        return { kind: 'saved' }
      }
      if (answer.code !== 'STALE_VERSION' || typeof answer.version !== 'number' || tries >= MOST_TRIES)
        return { kind: 'problem', sentence: sentenceFor(answer) }
      const changes = answer.changes ?? []
      const same = changeOf(field, changes)
      if (same || !changes.length || contested) return conflictOf(field, value, answer.version, same, canUndo)
      version = answer.version
      merged = changes[0]!.byName
    }
  }

  function sentenceFor(problem: Problem): string {
    const { fields, rest } = formErrors(problem)
    return [...Object.values(fields), rest].filter(Boolean).join(' ')
  }

  function conflictOf(
    field: Field,
    value: FieldValue,
    version: number,
    theirs: FieldChange | undefined,
    canUndo: boolean,
  ): SaveOutcome {
    reload()
    return {
      kind: 'conflict',
      conflict: {
        byName: theirs?.byName ?? '',
        at: theirs?.at ?? null,
        theirs: theirs ? theirs.value : undefined,
        mine: value === null ? null : String(value),
        keepMine: () =>
          enqueue(field, value, canUndo, () => ({ from: Math.max(version, newest().from), contested: false })),
        takeTheirs: reload,
      },
    }
  }

  function offerUndo(
    field: Field,
    before: FieldValue,
    value: FieldValue,
    merged: string | null,
    canUndo: boolean,
  ): void {
    const text = t(value === null ? 'parts.cleared' : 'parts.changed', { label: label(field) })
    const undo = { label: t('parts.undo'), run: () => takeBack(field, before) }
    toasts.show(merged ? `${text}. ${t('parts.merged', { name: merged })}` : text, canUndo ? { action: undo } : {})
  }

  async function takeBack(field: Field, before: FieldValue): Promise<void> {
    const outcome = await enqueue(field, before, false)
    if (outcome.kind === 'saved') return
    const why = outcome.kind === 'problem' ? outcome.sentence : t('parts.changedMeanwhile')
    toasts.problem(t('parts.undoFailed', { why }))
  }

  const newest = (): Basis => ({ from: Math.max(known, record().version), contested: false })

  /** One after the other, so that each builds on the version that the last one made. */
  function enqueue(field: Field, value: FieldValue, canUndo: boolean, basis = newest): Promise<SaveOutcome> {
    look(field, value)
    const run = async (): Promise<SaveOutcome> => {
      let outcome: SaveOutcome
      try {
        outcome = await attempt(field, value, basis(), canUndo)
      } catch (error) {
        outcome = { kind: 'problem', sentence: failureText(error), outage: toFailure(error).isOutage }
      }
      // The old value must not come back to the eye while the page reads the new one.
      if (outcome.kind === 'saved') look(field, value, known)
      else look(field, undefined)
      return outcome
    }
    const done = queue.then(run)
    queue = done
    return done
  }

  /**
   * Saves one field; null clears it. `from` is the version that typing began on, where the field has changed since: the
   * server then tells who changed it. Never rejects.
   */
  const save = (field: Field, value: FieldValue, from?: number): Promise<SaveOutcome> =>
    enqueue(field, value, true, from === undefined ? newest : () => ({ from, contested: true }))

  return { shown, save }
}
