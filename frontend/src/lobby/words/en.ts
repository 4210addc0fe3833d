import kiosk from '@/kiosk/words/en'

/** What the lobby's screen says. The other languages have exactly these. */
const en = {
  here: (count: number): string => (count === 1 ? 'is here now' : 'are here now'),
  nobody: 'Nobody is here right now',
  comeIn: 'Come on in!',
  seeYou: 'See you soon!',
  join: 'Want to see your gamer tag here? Ask at the desk.',
  tags: 'Who is here',
  page: (page: number, pages: number) => `Page ${page} of ${pages}`,
  openUntil: (time: string) => `Open until ${time}`,
  opensAt: (time: string) => `Opens at ${time}`,
  closedNow: 'Closed for today',
  closedToday: 'Closed today',
  lastSeen: (time: string) => `No connection. Last seen at ${time}`,
  starting: 'Getting ready…',
  pairing: { ...kiosk.pairing, title: 'Pair this screen' },
  insecure: {
    ...kiosk.insecure,
    text: 'This screen keeps a key of the centre’s, and that is safe on secure pages alone.',
  },
  revoked: {
    ...kiosk.revoked,
    title: 'This screen was switched off',
  },
}

export type Words = typeof en
export default en
