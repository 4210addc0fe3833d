// Runs before the first paint, so that a dark screen never flashes white. Kept apart because the policy allows no inline script.
;(function () {
  var root = document.documentElement
  var chosen
  var language
  try {
    chosen = localStorage.getItem('krc.theme')
    language = localStorage.getItem('krc.language')
  } catch {
    // Storage may be off; the system's theme and the browser's language decide.
  }
  var dark = chosen ? chosen === 'DARK' : matchMedia('(prefers-color-scheme: dark)').matches
  root.dataset.theme = dark ? 'dark' : 'light'
  root.lang = language === 'ES' || (!language && /^es\b/i.test(navigator.language)) ? 'es' : 'en'
})()
