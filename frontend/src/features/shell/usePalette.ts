import { Bookmark, KeyRound, Keyboard, LogOut, Moon, NotebookPen, Sun, UserRoundPlus } from 'lucide-vue-next'
import { computed, h, onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRouter, type LocationQueryRaw } from 'vue-router'
import StandingIcon from '@/components/StandingIcon.vue'
import { FindClientDocument, PaletteViewsDocument, type FindClientQuery, type PaletteViewsQuery } from '@/gql/graphql'
import { useDates } from '@/lib/centre'
import { pageCommands, type Command } from '@/lib/commands'
import { execute, session } from '@/lib/graphql'
import { usePlaces } from '@/lib/places'
import { theme } from '@/lib/theme'

export interface PaletteActions {
  toggleTheme: () => void
  shortcuts: () => void
  signOut: () => void
}

/** A view's parameters as an address has them; a name may be there several times. */
function queryOf(state: readonly { name: string; value: string }[]): LocationQueryRaw {
  const query: Record<string, string | string[]> = {}
  for (const { name, value } of state) query[name] = name in query ? [query[name]!, value].flat() : value
  return query
}

type Found = FindClientQuery['clients']['edges'][number]['node']

/** What the command palette offers: what the page can do, views, commands that the role may use, clients as they are found. */
export function usePalette(open: Readonly<Ref<boolean>>, actions: PaletteActions) {
  const { t } = useI18n()
  const router = useRouter()
  const dates = useDates()
  const places = usePlaces()
  const text = ref('')
  const found = shallowRef<readonly Found[]>([])
  let running: AbortController | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  watch(text, (value) => {
    clearTimeout(timer)
    running?.abort()
    if (value.trim().length < 2 || !session.can('clients:read')) found.value = []
    else timer = setTimeout(() => void find(value.trim()), 80)
  })
  onScopeDispose(() => {
    clearTimeout(timer)
    running?.abort()
  })

  async function find(search: string): Promise<void> {
    const abort = (running = new AbortController())
    const answer = await execute(FindClientDocument, { search }, { signal: abort.signal }).catch(() => null)
    if (!abort.signal.aborted) found.value = answer?.clients.edges.map(({ node }) => node) ?? []
  }

  // Asked for each time it opens; until they are there, it works without them.
  const views = shallowRef<PaletteViewsQuery | null>(null)
  watch(open, async (isOpen) => {
    if (isOpen && session.can('clients:read'))
      views.value = await execute(PaletteViewsDocument, {}).catch(() => views.value)
  })

  const viewsOf = (key: 'clients' | 'checkIns', path: string) =>
    (views.value?.[key] ?? []).map((view): Command => ({
      id: view.id,
      label: `${t(`nav.${key}`)}: ${view.name}`,
      icon: Bookmark,
      run: () => router.push({ path, query: queryOf(view.state) }),
    }))

  const clients = computed(() =>
    found.value.map((client): Command => ({
      id: client.id,
      label: client.displayName,
      icon: () => h(StandingIcon, { status: client.standing.status }),
      detail: dates.standing(client.standing),
      run: () => router.push(`/clients/${encodeURIComponent(client.id)}`),
    })),
  )

  const goTo = computed(() =>
    [...places.main.value, ...places.settings.value.filter(({ path }) => path !== '/settings')].map(
      (place): Command => ({
        id: place.path,
        label: t('palette.go', { place: t(`nav.${place.key}`) }),
        icon: place.icon,
        run: () => router.push(place.path),
      }),
    ),
  )

  const commands = computed((): Command[] => [
    ...(session.can('clients:write')
      ? [{ id: 'new', label: t('palette.newClient'), icon: UserRoundPlus, run: () => router.push('/clients/new') }]
      : []),
    ...goTo.value,
    ...(session.can('check-ins:write')
      ? [
          {
            id: '/key-in',
            label: t('palette.go', { place: t('nav.keyIn') }),
            icon: NotebookPen,
            run: () => router.push('/key-in'),
          },
        ]
      : []),
    { id: 'theme', label: t('palette.toggleTheme'), icon: theme.isDark.value ? Sun : Moon, run: actions.toggleTheme },
    { id: 'password', label: t('palette.changePassword'), icon: KeyRound, run: () => router.push('/change-password') },
    { id: 'keys', label: t('palette.shortcuts'), icon: Keyboard, run: actions.shortcuts },
    { id: 'out', label: t('palette.signOut'), icon: LogOut, run: actions.signOut },
  ])

  const groups = computed(() => [
    { title: t('palette.page'), items: pageCommands.value },
    { title: t('palette.views'), items: [...viewsOf('clients', '/clients'), ...viewsOf('checkIns', '/check-ins')] },
    { title: t('palette.commands'), items: commands.value },
  ])

  return { text, clients, groups }
}
