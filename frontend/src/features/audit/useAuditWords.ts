import { useI18n } from 'vue-i18n'
import type { ListedEntryFragment } from '@/gql/graphql'

/** How an entry is told: codes that have no words of their own are shown as they are, legibly. */
export function useAuditWords() {
  const { t, te } = useI18n()
  const named = (group: 'subject' | 'done', code: string) =>
    te(`audit.${group}.${code}`, 'en') ? t(`audit.${group}.${code}`) : code.replaceAll('_', ' ')

  /** "Client · changed". */
  function action(code: string): string {
    const [subject = '', ...done] = code.split('.')
    return done.length ? `${named('subject', subject)} · ${named('done', done.join('_'))}` : named('subject', subject)
  }

  /** Somebody with a name is called by it; a job's is the code of its work. */
  function who({ kind, name }: ListedEntryFragment['actor']): string {
    if (kind === 'USER') return name
    if (kind === 'API_KEY') return t('audit.keyNamed', { name })
    return name && kind !== 'ANONYMOUS' ? `${t(`audit.kind.${kind}`)} (${name})` : t(`audit.kind.${kind}`)
  }

  return { action, who, field: (name: string) => name.replaceAll('_', ' ') }
}
