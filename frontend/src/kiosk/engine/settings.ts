import type { KioskState } from './storage'
import type { KioskLanguage, KioskSettings } from './types'

/** What the screens may know of what the server told: all but what proves who may leave. */
export function settingsOf(state: KioskState): KioskSettings {
  const language = (name: string) => name.toLowerCase() as KioskLanguage
  const { name, station, centreName, sound, walkIn, accentLight, accentDark, logo } = state
  return {
    name,
    station,
    centreName,
    languages: state.languages.map(language),
    defaultLanguage: language(state.defaultLanguage),
    sound,
    walkIn,
    hasPin: state.exitPin !== null,
    accentLight,
    accentDark,
    logo,
  }
}
