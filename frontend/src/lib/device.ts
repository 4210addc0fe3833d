import { ref, watch } from 'vue'
import { standardSetup, type ScannerSetup } from './scanner'

const KEY = 'krc.scanner'
const LONGEST_PREFIX = 12

function stored(): ScannerSetup {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    const { prefix, suffix } = { ...standardSetup, ...(found as Partial<ScannerSetup>) }
    return {
      prefix: typeof prefix === 'string' ? prefix.slice(0, LONGEST_PREFIX) : '',
      suffix: suffix === 'Tab' || suffix === 'None' ? suffix : 'Enter',
    }
  } catch {
    return { ...standardSetup }
  }
}

/** How the scanner of this device is set up; kept on the device. */
export const scannerSetup = ref(stored())

watch(
  scannerSetup,
  (setup) => {
    try {
      localStorage.setItem(KEY, JSON.stringify(setup))
    } catch {
      // It then lasts as long as the page.
    }
  },
  { deep: true },
)
