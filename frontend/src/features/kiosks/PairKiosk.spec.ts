// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { i18n } from '@/lib/i18n'

const write = vi.fn()
vi.mock('@/lib/graphql', () => ({
  write: (...all: unknown[]) => write(...all),
  session: { viewer: { value: null } },
}))

const PairKiosk = (await import('./PairKiosk.vue')).default
const show = (code = '') =>
  mount(PairKiosk, {
    props: { stations: [{ value: '', label: 'No station' }], code },
    global: { plugins: [i18n] },
    attachTo: document.body,
  })

describe('adding a kiosk', () => {
  beforeEach(() => {
    write.mockReset()
    document.body.innerHTML = ''
  })

  it('names the address, and takes the code that came with it', () => {
    const shown = show('abcdefgh')
    expect(shown.text()).toContain(`${location.origin}/kiosk`)
    expect(shown.get('input').element.value).toBe('ABCD-EFGH')
  })

  it('sends no half code', async () => {
    const shown = show('ABC')
    await shown.get('form').trigger('submit')
    expect(write).not.toHaveBeenCalled()
    expect(shown.text()).toContain('Look at the device again.')
    expect(document.activeElement).toBe(shown.get('input').element)
  })

  it('sends the code without its hyphen, and begins anew', async () => {
    write.mockResolvedValue({ approveKiosk: { __typename: 'KioskSaved', kiosk: { name: 'Entrance' } } })
    const shown = show('abcd-efgh')
    await shown.findAll('input')[1]!.setValue('Entrance')
    await shown.get('form').trigger('submit')
    await flushPromises()
    expect(write.mock.calls[0]![1].input).toMatchObject({ code: 'ABCDEFGH', name: 'Entrance', stationId: null })
    expect(shown.emitted('approved')).toHaveLength(1)
    expect(shown.findAll('input').map(({ element }) => element.value)).toEqual(['', ''])
  })

  it('says beside the field what is wrong, and keeps what was typed', async () => {
    const fields = [{ path: ['input', 'code'], code: 'UNKNOWN_CODE', message: '' }]
    write.mockResolvedValue({ approveKiosk: { __typename: 'ValidationProblem', code: 'INVALID', message: '', fields } })
    const shown = show('ABCD-EFGH')
    await shown.get('form').trigger('submit')
    await flushPromises()
    expect(shown.text()).toContain('No device shows this code now.')
    expect(shown.get('input').element.value).toBe('ABCD-EFGH')
    expect(shown.emitted('approved')).toBeUndefined()
  })
})
