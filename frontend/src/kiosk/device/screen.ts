/** Keeps the display lit for as long as the page is seen, where the browser can. Returns what ends that. */
export function keepAwake(): () => void {
  let lock: WakeLockSentinel | null = null
  let wanted = true

  async function hold(): Promise<void> {
    if (!wanted || document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return
    try {
      lock = await navigator.wakeLock.request('screen')
      if (!wanted) void lock.release()
    } catch {
      // A tablet that saves its battery says no; it then sleeps as it is set up.
    }
  }

  const seen = () => void hold()
  document.addEventListener('visibilitychange', seen)
  void hold()
  return () => {
    wanted = false
    document.removeEventListener('visibilitychange', seen)
    void lock?.release()
  }
}

/** Installed, it is full screen already; in a browser's tab a touch may ask for it. */
export function fillScreen(): void {
  if (document.fullscreenElement || !document.fullscreenEnabled) return
  document.documentElement.requestFullscreen({ navigationUI: 'hide' }).catch(() => {})
}

export function leaveFullScreen(): void {
  if (document.fullscreenElement) document.exitFullscreen().catch(() => {})
}

/** Browsers close only what was opened as an app or by a page; otherwise the staff's page takes the place. */
export function closePage(): void {
  window.close()
  setTimeout(() => location.assign('/'), 300)
}

/** Follows the device's theme. */
export function followTheme(): void {
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const apply = () => (document.documentElement.dataset.theme = dark.matches ? 'dark' : 'light')
  dark.addEventListener('change', apply)
  apply()
}
