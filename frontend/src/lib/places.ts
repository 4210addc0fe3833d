import {
  Activity,
  Building2,
  ChartColumn,
  Clock,
  CreditCard,
  DatabaseBackup,
  History,
  Hourglass,
  IdCard,
  Inbox,
  KeyRound,
  ListChecks,
  LockKeyhole,
  MapPin,
  MonitorSmartphone,
  Palette,
  Scale,
  ScanLine,
  ScrollText,
  Settings,
  ShieldCheck,
  TabletSmartphone,
  Tags,
  UserCog,
  Users,
  UsersRound,
} from 'lucide-vue-next'
import { computed, type Component } from 'vue'
import { useRouter } from 'vue-router'
import { session } from './graphql'

export interface Place {
  path: string
  /** Its name is the message `nav.KEY`. */
  key: string
  icon: Component
  permission: string
}

/** The pages of the header, in its order: Alt and their number lead there. */
const MAIN: readonly Place[] = [
  { path: '/', key: 'desk', icon: ScanLine, permission: 'clients:read' },
  { path: '/clients', key: 'clients', icon: Users, permission: 'clients:read' },
  { path: '/memberships', key: 'memberships', icon: IdCard, permission: 'memberships:read' },
  { path: '/check-ins', key: 'checkIns', icon: ListChecks, permission: 'check-ins:read' },
  { path: '/kiosk-inbox', key: 'kioskInbox', icon: Inbox, permission: 'check-ins:read' },
  { path: '/dashboard', key: 'dashboard', icon: ChartColumn, permission: 'dashboard:read' },
  { path: '/settings', key: 'settings', icon: Settings, permission: 'settings:read' },
]

/** The settings and the pages below them. */
const SETTINGS: readonly Place[] = [
  { path: '/settings', key: 'overview', icon: Activity, permission: 'system:read' },
  { path: '/settings/centre', key: 'centre', icon: Building2, permission: 'settings:write' },
  { path: '/settings/branding', key: 'branding', icon: Palette, permission: 'settings:write' },
  { path: '/settings/policies', key: 'policies', icon: Scale, permission: 'settings:write' },
  { path: '/settings/security', key: 'security', icon: LockKeyhole, permission: 'settings:write' },
  { path: '/settings/retention', key: 'retention', icon: Hourglass, permission: 'settings:write' },
  { path: '/settings/users', key: 'users', icon: UserCog, permission: 'users:read' },
  { path: '/settings/device', key: 'device', icon: MonitorSmartphone, permission: 'settings:read' },
  { path: '/settings/tags', key: 'tags', icon: Tags, permission: 'tags:write' },
  { path: '/settings/tiers', key: 'tiers', icon: CreditCard, permission: 'tiers:write' },
  { path: '/settings/hours', key: 'hours', icon: Clock, permission: 'settings:write' },
  { path: '/settings/stations', key: 'stations', icon: MapPin, permission: 'stations:write' },
  { path: '/settings/kiosks', key: 'kiosks', icon: TabletSmartphone, permission: 'kiosks:read' },
  { path: '/settings/api-keys', key: 'apiKeys', icon: KeyRound, permission: 'api-keys:read' },
  { path: '/settings/audit', key: 'audit', icon: ScrollText, permission: 'audit:read' },
  { path: '/settings/backups', key: 'backups', icon: DatabaseBackup, permission: 'system:read' },
  { path: '/settings/predecessor', key: 'predecessor', icon: History, permission: 'system:read' },
  { path: '/settings/duplicates', key: 'duplicates', icon: UsersRound, permission: 'system:read' },
  { path: '/settings/certificate', key: 'certificate', icon: ShieldCheck, permission: 'system:read' },
]

/** Where this person may go. */
export function usePlaces() {
  const router = useRouter()
  const known = new Set(router.getRoutes().map(({ path }) => path))
  const open = (places: readonly Place[]) =>
    places.filter(({ path, permission }) => known.has(path) && session.can(permission))
  return { main: computed(() => open(MAIN)), settings: computed(() => open(SETTINGS)) }
}

/** Whether `path` is the place itself or a page below it. */
export const isAt = (place: Place, path: string): boolean =>
  place.path === '/' ? path === '/' : path === place.path || path.startsWith(`${place.path}/`)
