import type { BackupsQuery } from '@/gql/graphql'

type System = BackupsQuery['system']
export type Backup = System['backups'][number]

/** Where a backup that was asked for, or that the night began, stands; `since` is when. */
export interface BackupProgress {
  phase: 'idle' | 'waiting' | 'making' | 'proving' | 'late'
  since: string | null
}

/** After this long something is wrong: a large centre's backup takes a few minutes. */
export const LATE_MS = 30 * 60_000
/** Older than a day and a half: a night was missed. */
export const OLD_MS = 36 * 3_600_000

export const isOpen = ({ provenAt, problem }: Backup) => !provenAt && !problem

export function backupProgress(system: Pick<System, 'backupUnderWaySince' | 'nextBackupAt' | 'backups'>, now: number) {
  const since = system.backupUnderWaySince
  const phase = (): BackupProgress['phase'] => {
    if (since === null) return 'idle'
    if (now - Date.parse(since) > LATE_MS) return 'late'
    if (system.nextBackupAt === null) return 'waiting'
    const made = system.backups.some((backup) => isOpen(backup) && Date.parse(backup.madeAt) >= Date.parse(since))
    return made ? 'proving' : 'making'
  }
  return { phase: phase(), since }
}
