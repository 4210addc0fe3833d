import { useI18n } from 'vue-i18n'

/** `clients.member_code` → "clients · member code": readable, where there is no better word. */
const asWritten = (code: string) => code.replaceAll('_', ' ').replaceAll('.', ' · ')

/** The adoption's parts and reasons in words; a code that this page does not know yet is shown as it is. */
export function useAdoptionWords() {
  const { t, te } = useI18n()
  const word = (kind: 'parts' | 'reason', code: string) => {
    // A dot would be a step down in the tree of words.
    const key = `settings.predecessor.${kind}.${code.replaceAll('.', '_')}`
    return te(key, 'en') ? t(key) : asWritten(code)
  }
  return { part: (code: string) => word('parts', code), reason: (code: string) => word('reason', code) }
}
