import { computed, ref } from 'vue'

export type ThemeChoice = 'SYSTEM' | 'LIGHT' | 'DARK'

// The same key is read by public/theme.js before the first paint.
const KEY = 'krc.theme'

function stored(): ThemeChoice {
  try {
    const value = localStorage.getItem(KEY)
    return value === 'LIGHT' || value === 'DARK' ? value : 'SYSTEM'
  } catch {
    return 'SYSTEM'
  }
}

const choice = ref<ThemeChoice>(stored())
const systemIsDark = ref(matchMedia('(prefers-color-scheme: dark)').matches)

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', (event) => {
  systemIsDark.value = event.matches
  apply()
})
window.addEventListener('storage', (event) => {
  if (event.key !== KEY) return
  choice.value = stored()
  apply()
})

const isDark = computed(() => (choice.value === 'SYSTEM' ? systemIsDark.value : choice.value === 'DARK'))

function apply(): void {
  document.documentElement.dataset.theme = isDark.value ? 'dark' : 'light'
}

/** Follows the profile of whoever signed in. */
function follow(next: ThemeChoice): void {
  choice.value = next
  try {
    if (next === 'SYSTEM') localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, next)
  } catch {
    // Storage may be off; the choice then lasts as long as the page.
  }
  apply()
}

let chosenHere = false

/** A person's own choice on this page. */
function choose(next: ThemeChoice): void {
  chosenHere = true
  follow(next)
}

/** Whether somebody chose since the last call: such a choice outranks the profile at the next sign-in. */
function takeChoice(): ThemeChoice | null {
  const taken = chosenHere ? choice.value : null
  chosenHere = false
  return taken
}

export const theme = { choice, isDark, choose, follow, takeChoice }
