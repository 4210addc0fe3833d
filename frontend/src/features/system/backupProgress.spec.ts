import { describe, expect, it } from 'vitest'
import { backupProgress, LATE_MS, type Backup } from './backupProgress'

const now = Date.parse('2026-11-24T12:00:00Z')
const since = '2026-11-24T11:59:00Z'
const backup = (changes: Partial<Backup>): Backup => ({
  __typename: 'Backup',
  id: 'b1',
  fileName: 'krc-1.backup',
  why: 'nightly',
  madeAt: '2026-11-24T11:59:05Z',
  sizeBytes: 1,
  totalRows: 1,
  provenAt: null,
  problem: null,
  ...changes,
})
const next = '2026-11-25T03:10:00Z'

describe('a backup under way', () => {
  it('is none when none is asked for', () => {
    expect(backupProgress({ backupUnderWaySince: null, nextBackupAt: next, backups: [] }, now).phase).toBe('idle')
    expect(backupProgress({ backupUnderWaySince: null, nextBackupAt: null, backups: [] }, now).phase).toBe('idle')
  })

  it('waits until the scheduler has taken it up, is made, and is proven', () => {
    expect(backupProgress({ backupUnderWaySince: since, nextBackupAt: null, backups: [] }, now).phase).toBe('waiting')
    const earlier = backup({ id: 'b0', madeAt: '2026-11-24T03:10:00Z' })
    expect(backupProgress({ backupUnderWaySince: since, nextBackupAt: next, backups: [earlier] }, now).phase).toBe(
      'making',
    )
    expect(backupProgress({ backupUnderWaySince: since, nextBackupAt: next, backups: [backup({})] }, now)).toEqual({
      phase: 'proving',
      since,
    })
  })

  it('is late after half an hour, whatever it was doing', () => {
    const late = Date.parse(since) + LATE_MS + 1
    for (const nextBackupAt of [null, next]) {
      expect(backupProgress({ backupUnderWaySince: since, nextBackupAt, backups: [] }, late).phase).toBe('late')
    }
  })
})
