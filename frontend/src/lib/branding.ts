import { watchEffect } from 'vue'
import { centre } from './centre'

/** Puts the centre's own accent colours where styles/tokens.css looks for them. */
export function useBranding(): void {
  watchEffect(() => {
    const { style } = document.documentElement
    const own = { '--own-accent-light': centre.value.accentLight, '--own-accent-dark': centre.value.accentDark }
    for (const [name, colour] of Object.entries(own)) {
      if (colour) style.setProperty(name, colour)
      else style.removeProperty(name)
    }
  })
}
