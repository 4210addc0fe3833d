// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import { effectScope, ref } from 'vue'
import { offerCommands, pageCommands } from './commands'

it('offers what the open pages can do, and follows what they are about', () => {
  const name = ref('Ana')
  const icon = { render: () => null }
  const page = effectScope()
  const part = effectScope()
  page.run(() => offerCommands(() => [{ id: 'renew', label: `Renew for ${name.value}`, icon, run: () => {} }]))
  part.run(() => offerCommands(() => [{ id: 'card', label: 'Print the card', icon, run: () => {} }]))
  const labels = () => pageCommands.value.map(({ label }) => label)
  expect(labels()).toEqual(['Renew for Ana', 'Print the card'])
  name.value = 'Kai'
  expect(labels()).toEqual(['Renew for Kai', 'Print the card'])
  page.stop()
  expect(labels()).toEqual(['Print the card'])
  part.stop()
  expect(labels()).toEqual([])
})
