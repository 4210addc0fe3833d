import { ref } from 'vue'
import { useI18n } from 'vue-i18n'
import '@/lib/i18n/secondFactor'

export type Proof = { code: string } | { recoveryCode: string }

/** What somebody types to show that they have their second factor: the six digits of the app, or a recovery code. */
export function useProof() {
  const { t, te } = useI18n()
  const typed = ref('')
  const recovery = ref(false)
  const error = ref<string | null>(null)

  /** What to send, or null: then `error` says what is missing. */
  function read(): Proof | null {
    const plain = typed.value.replace(/[\s-]/g, '')
    if (recovery.value) {
      error.value = plain ? null : t('secondFactor.missingRecoveryCode')
      return plain ? { recoveryCode: plain } : null
    }
    error.value = /^\d{6}$/.test(plain) ? null : t('secondFactor.problem.NOT_A_CODE')
    return error.value ? null : { code: plain }
  }

  /** Why the server refused, in the reader's language. */
  function reason(problem: { code: string; message: string }): string {
    if (problem.code === 'WRONG_CODE' && recovery.value) return t('secondFactor.problem.WRONG_RECOVERY_CODE')
    return te(`secondFactor.problem.${problem.code}`) ? t(`secondFactor.problem.${problem.code}`) : problem.message
  }

  function clear(): void {
    typed.value = ''
    recovery.value = false
    error.value = null
  }

  return { typed, recovery, error, read, reason, clear }
}
