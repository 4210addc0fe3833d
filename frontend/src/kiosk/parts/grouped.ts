/** Digits in groups as people here say them: 555 123 4567, with a country's code before; others in threes. */
export function grouped(typed: string): string[] {
  const plus = typed.startsWith('+') ? '+' : ''
  const digits = plus ? typed.slice(1) : typed
  if (!digits) return plus ? [plus] : []
  const north = digits.startsWith('1') ? 1 : 0
  if (digits.length > 10 + north || (plus && !north)) {
    return (digits.match(/.{1,3}/g) ?? []).map((group, index) => (index ? group : plus + group))
  }
  const groups = [digits.slice(north, north + 3), digits.slice(north + 3, north + 6), digits.slice(north + 6)]
  const country = north ? [plus + digits.slice(0, 1)] : []
  return [...country, ...groups.filter((group) => group)]
}
