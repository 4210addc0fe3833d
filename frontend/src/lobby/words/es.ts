import kiosk from '@/kiosk/words/es'
import type { Words } from './en'

/** One o'clock is the only hour that is one. */
const at = (time: string) => `${/^1\D/.test(time) ? 'la' : 'las'} ${time}`

const es: Words = {
  here: (count) => (count === 1 ? 'persona está aquí ahora' : 'personas están aquí ahora'),
  nobody: 'Ahora no hay nadie aquí',
  comeIn: '¡Adelante!',
  seeYou: '¡Hasta pronto!',
  join: '¿Quiere ver aquí su nombre de jugador? Pregunte en el mostrador.',
  tags: 'Quién está aquí',
  page: (page, pages) => `Página ${page} de ${pages}`,
  openUntil: (time) => `Abierto hasta ${at(time)}`,
  opensAt: (time) => `Abre a ${at(time)}`,
  closedNow: 'Cerrado por hoy',
  closedToday: 'Hoy está cerrado',
  lastSeen: (time) => `Sin conexión. Última vez: ${time}`,
  starting: 'Preparando…',
  pairing: { ...kiosk.pairing, title: 'Conectar esta pantalla' },
  insecure: {
    ...kiosk.insecure,
    text: 'Esta pantalla guarda una llave del centro, y eso solo es seguro en páginas seguras.',
  },
  revoked: {
    ...kiosk.revoked,
    title: 'Esta pantalla se desconectó',
  },
}

export default es
