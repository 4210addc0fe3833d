const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** "3.2 GB": a number of bytes as people write it, in thousands. */
export function sizeOf(bytes: number, locale: string): string {
  let value = bytes
  let unit = 0
  // Rounded first, so that 999,999 bytes are 1 MB and not 1,000 kB.
  while (Math.round(value * 10) / 10 >= 1000 && unit < UNITS.length - 1) {
    value /= 1000
    unit++
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: UNITS[unit],
    unitDisplay: unit === 0 ? 'long' : 'short',
    maximumFractionDigits: digits,
  }).format(value)
}

/** "1,234,567". */
export const countOf = (value: number, locale: string) => new Intl.NumberFormat(locale).format(value)
