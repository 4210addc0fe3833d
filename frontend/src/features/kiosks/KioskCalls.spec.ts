// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick, reactive, shallowRef } from 'vue'
import { i18n } from '@/lib/i18n'
import { useToasts } from '@/lib/toasts'

const route = reactive({ path: '/clients' })
const push = vi.fn()
vi.mock('vue-router', () => ({ useRoute: () => route, useRouter: () => ({ push }) }))
vi.mock('@/lib/graphql', () => ({ session: { viewer: { value: null } } }))
const waiting = shallowRef<unknown>(null)
vi.mock('./useKiosksWaiting', () => ({ useKiosksWaiting: () => ({ waiting }) }))

const item = (id: string, displayName: string) => ({
  id,
  client: { displayName },
  walkIn: null,
  kiosk: { name: 'Door' },
})
const state = (...asking: ReturnType<typeof item>[]) => ({ count: 3 + asking.length, asking })
const toasts = useToasts()
const said = () => toasts.toasts.value.map(({ text }) => text)

const KioskCalls = (await import('./KioskCalls.vue')).default
const open = () => mount(KioskCalls, { global: { plugins: [i18n] } })

describe('whom a kiosk sends to the desk', () => {
  beforeEach(() => {
    toasts.clear()
    waiting.value = null
    route.path = '/clients'
  })

  it('is told once where the desk is not in sight, with the way there', async () => {
    const shown = open()
    waiting.value = state()
    await nextTick()
    expect(said()).toEqual([])
    waiting.value = state(item('a', 'Ana Bell'))
    await nextTick()
    waiting.value = state(item('a', 'Ana Bell'), item('b', 'Bo Chu'))
    await nextTick()
    expect(said()).toEqual([
      'The kiosk Door has sent Ana Bell to the desk.',
      'The kiosk Door has sent Bo Chu to the desk.',
    ])
    void toasts.toasts.value[0]!.action!.run()
    expect(push).toHaveBeenCalledExactlyOnceWith('/')
    expect(shown.emitted('count')).toEqual([[3], [4], [5]])
    expect(shown.get('[role=status]').text()).toBe('2 people wait for staff: Ana Bell, Bo Chu')
  })

  it('stands on the desk itself already', async () => {
    route.path = '/'
    waiting.value = state()
    open()
    waiting.value = state(item('c', 'Cy Dent'))
    await nextTick()
    expect(said()).toEqual([])
  })
})
