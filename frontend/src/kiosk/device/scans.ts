import { createScanner, standardSetup, type Scan } from '@/lib/scanner'

/** A card may be held up while a form is open: its code is no part of anybody's name. */
function takeOut(typed: string): void {
  const field = document.activeElement
  if (!(field instanceof HTMLInputElement)) return
  const caret = field.selectionStart ?? field.value.length
  const before = field.value.slice(0, caret)
  if (!before.endsWith(typed)) return
  field.setRangeText('', caret - typed.length, caret, 'end')
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

/**
 * Listens for a reader of cards that types like a keyboard, wherever the page has its focus. Keys of a slow hand are left alone:
 * they work a switch or fill in a form, and do nothing else here.
 */
export function listenForScans(scanned: (text: string) => void, target: EventTarget = window) {
  let end: 'Enter' | 'Tab' = 'Enter'
  let scanner = createScanner(() => ({ ...standardSetup, suffix: end }))
  let timer: ReturnType<typeof setTimeout> | undefined

  function took({ code, typed }: Scan): void {
    takeOut(typed)
    scanned(code)
  }

  function pressed(event: Event): void {
    if (!(event instanceof KeyboardEvent)) return
    clearTimeout(timer)
    // Nobody sets the kiosk's reader up: it may end a code with either key, or with none.
    end = event.key === 'Tab' ? 'Tab' : 'Enter'
    const scan = scanner.press(event)
    if (!scan) {
      timer = setTimeout(() => {
        const unended = scanner.flush()
        if (unended) took(unended)
      }, scanner.waitMs)
      return
    }
    // The key that ends a code would press the button that has the focus.
    event.preventDefault()
    event.stopImmediatePropagation()
    took(scan)
  }

  target.addEventListener('keydown', pressed, { capture: true })
  return {
    /** Drops what was read of an unfinished code. */
    forget(): void {
      clearTimeout(timer)
      scanner = createScanner(() => ({ ...standardSetup, suffix: end }))
    },
    stop(): void {
      clearTimeout(timer)
      target.removeEventListener('keydown', pressed, { capture: true })
    },
  }
}
