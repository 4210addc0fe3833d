import { watch } from 'vue'
import { UpdateProfileDocument, type UpdateProfileInput } from '@/gql/graphql'
import { execute, session } from '@/lib/graphql'
import { language, type LanguageChoice } from '@/lib/i18n'
import { theme, type ThemeChoice } from '@/lib/theme'

async function save(input: UpdateProfileInput): Promise<void> {
  // The choice already shows; when it can't be kept on the server it still holds on this device.
  const answer = await execute(UpdateProfileDocument, { input }).catch(() => null)
  if (answer?.updateProfile.__typename === 'User') {
    session.updateUser({ theme: answer.updateProfile.theme, language: answer.updateProfile.language })
  }
}

export function chooseTheme(next: ThemeChoice): void {
  theme.choose(next)
  theme.takeChoice()
  void save({ theme: next })
}

export function chooseLanguage(next: LanguageChoice): void {
  void language.choose(next)
  language.takeChoice()
  void save({ language: next })
}

/** Keeps theme and language with the user: what was chosen on the login page is saved, else the profile's is shown. */
export function useProfile(): void {
  watch(
    () => session.viewer.value?.user,
    (user, before) => {
      if (!user) return
      const signedInNow = !before
      const themeHere = signedInNow ? theme.takeChoice() : null
      const languageHere = signedInNow ? language.takeChoice() : null
      if (themeHere || languageHere) {
        void save({ ...(themeHere ? { theme: themeHere } : {}), ...(languageHere ? { language: languageHere } : {}) })
      }
      if (!themeHere && user.theme !== before?.theme) theme.follow(user.theme)
      if (!languageHere && user.language !== before?.language) void language.follow(user.language)
    },
    { immediate: true },
  )
}
