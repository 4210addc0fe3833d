/** "12.5" or "12,5" as a number; null where there is none yet, such as in "" or "-". */
export function numberFrom(text: string): number | null {
  const plain = text.trim().replace(',', '.')
  if (!/\d/.test(plain)) return null
  const value = Number(plain)
  return Number.isFinite(value) ? value : null
}

/** A number as it is typed: with the language's decimal mark and no separators between thousands. */
export function textOfNumber(value: number | null, locale: string): string {
  if (value === null) return ''
  return new Intl.NumberFormat(locale, { useGrouping: false, maximumFractionDigits: 6 }).format(value)
}
