import { ref } from 'vue'
import { createI18n } from 'vue-i18n'
import en, { type Messages } from './en'

export type LanguageChoice = 'EN' | 'ES'

// The same key is read by public/theme.js.
const KEY = 'krc.language'

function initial(): LanguageChoice {
  try {
    const stored = localStorage.getItem(KEY)
    if (stored === 'EN' || stored === 'ES') return stored
  } catch {
    // Storage may be off; the browser's language decides.
  }
  return /^es\b/i.test(navigator.language) ? 'ES' : 'EN'
}

const choice = ref<LanguageChoice>('EN')

/** What the centre offers to choose from, and what whoever prefers another one gets. */
const offered = ref<readonly LanguageChoice[]>(['EN', 'ES'])
let otherwise: LanguageChoice = 'EN'

export const i18n = createI18n<[Messages], 'en' | 'es', false>({
  legacy: false,
  locale: 'en',
  fallbackLocale: 'en',
  messages: { en } as never,
  missingWarn: import.meta.env.DEV,
  fallbackWarn: false,
})

/** The words of pages that come with pieces of their own, with the key under which they stand. */
const added: { key: string; words: { en: object; es: object } }[] = []

function addTo(locale: 'en' | 'es'): void {
  for (const { key, words } of added) i18n.global.mergeLocaleMessage(locale, { [key]: words[locale] })
}

/** Adds words under a key, in both languages, for as long as the page lives. Several features may add to one key. */
export function addWords(key: string, words: { en: object; es: object }): void {
  added.push({ key, words })
  addTo('en')
  addTo('es')
}

async function follow(wanted: LanguageChoice, remember = true): Promise<void> {
  const next = offered.value.includes(wanted) ? wanted : otherwise
  const locale = next === 'ES' ? 'es' : 'en'
  if (locale === 'es') {
    i18n.global.setLocaleMessage('es', (await import('./es')).default as never)
    addTo('es')
  }
  i18n.global.locale.value = locale
  choice.value = next
  document.documentElement.lang = locale
  if (!remember) return
  try {
    localStorage.setItem(KEY, next)
  } catch {
    // The choice then lasts as long as the page.
  }
}

/** Loads the messages of the language that this browser uses; call once before the app is shown. */
export const prepareLanguage = () => follow(initial(), false)

/** The language tag for requests and for formatting. */
export const currentLanguage = (): string => i18n.global.locale.value

/** The centre has said which languages it offers. One that isn't gives way, but not for good: it may be offered again. */
async function offer(languages: readonly LanguageChoice[], fallback: LanguageChoice): Promise<void> {
  offered.value = languages
  otherwise = fallback
  if (!languages.includes(choice.value)) await follow(choice.value, false)
}

let chosenHere = false

/** A person's own choice on this page; `takeChoice` hands it once to the next sign-in, where it outranks the profile. */
function choose(next: LanguageChoice): Promise<void> {
  chosenHere = true
  return follow(next)
}

function takeChoice(): LanguageChoice | null {
  const taken = chosenHere ? choice.value : null
  chosenHere = false
  return taken
}

export const language = { choice, offered, offer, choose, follow, takeChoice }
