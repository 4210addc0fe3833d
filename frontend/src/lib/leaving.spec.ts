// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'

const session = { state: ref('signedIn') }
vi.doMock('./graphql', () => ({ session }))
const { askedToLeave, useLeaveGuard } = await import('./leaving')

const dirty = ref(false)
const Editing = defineComponent({
  setup() {
    useLeaveGuard(() => dirty.value)
    return () => h('p', 'editing')
  },
})

async function open() {
  const routes = [
    { path: '/', component: Editing },
    { path: '/other', component: { render: () => h('p', 'other') } },
  ]
  const router = createRouter({ history: createMemoryHistory(), routes })
  await router.push('/')
  const app = mount({ render: () => h(RouterView) }, { global: { plugins: [router] } })
  return { router, app }
}

it('asks before work is lost, and stays or leaves as it is told', async () => {
  dirty.value = true
  const { router, app } = await open()
  void router.push('/other')
  await flushPromises()
  askedToLeave.value!(false)
  await flushPromises()
  expect(app.text()).toBe('editing')
  void router.push('/other')
  await flushPromises()
  askedToLeave.value!(true)
  await flushPromises()
  expect(app.text()).toBe('other')
  expect(askedToLeave.value).toBeNull()
})

it('asks nobody when nothing would be lost, nor at sign-out', async () => {
  dirty.value = false
  const first = await open()
  await first.router.push('/other')
  expect(first.app.text()).toBe('other')
  dirty.value = true
  session.state.value = 'signedOut'
  const second = await open()
  await second.router.push('/other')
  expect(second.app.text()).toBe('other')
})

it('lets the browser ask when the tab is closed', async () => {
  dirty.value = true
  const { app } = await open()
  const close = () => {
    const event = new Event('beforeunload', { cancelable: true })
    window.dispatchEvent(event)
    return event.defaultPrevented
  }
  expect(close()).toBe(true)
  dirty.value = false
  expect(close()).toBe(false)
  dirty.value = true
  app.unmount()
  expect(close()).toBe(false)
})
