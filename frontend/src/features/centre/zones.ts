/** The zones that this browser knows, by their IANA names, and the present one in any case. */
export function timeZones(present?: string): string[] {
  const known = Intl.supportedValuesOf('timeZone').filter((name) => name.includes('/') && !name.startsWith('Etc/'))
  return [...new Set([...(present ? [present] : []), ...known, 'UTC'])].sort()
}

/** The weekday and the time that clocks in a zone show. */
export const clockIn = (zone: string, instant: number, locale: string): string =>
  new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: zone,
  }).format(instant)
