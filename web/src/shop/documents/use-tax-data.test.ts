import { afterEach, expect, test, vi } from 'vitest'
import { mount } from '../../base/browser-testing.ts'

await import('../../shell/words-testing.ts')
const { i18n } = await import('../../base/i18n/index.ts')
const { useTaxData } = await import('./use-tax-data.ts')
afterEach(() => vi.unstubAllGlobals())

const TAX_ID = '0105561000003'

test('nothing is blamed before the form is checked, and then each field that is wrong', () => {
  using page = mount(useTaxData, i18n)
  page.draft.taxId = '123'
  page.draft.branch = '1'
  const shown = () => Object.entries(page.form.faults.value).flatMap(([name, fault]) => (fault ? [name] : []))
  expect(shown()).toEqual([])
  expect([page.check(), shown()]).toEqual([false, ['name', 'address', 'taxId', 'branch']])
})

test('a person without a tax id needs no branch either, and neither is sent', () => {
  using page = mount(useTaxData, i18n)
  Object.assign(page.draft, { name: ' Mali ', address: ' 1 River Road ', taxId: ' ', branch: 'none' })
  expect([page.check(), page.data()]).toEqual([
    true,
    { name: 'Mali', address: '1 River Road', taxId: null, branch: null },
  ])
})

test('a tax id is taken as people write it, for the head office where nothing else is said', () => {
  using page = mount(useTaxData, i18n)
  Object.assign(page.draft, { name: 'Riverside Co', address: '1 River Road', taxId: '0 1055 61000 00 3' })
  expect([page.check(), page.data()]).toMatchObject([true, { taxId: TAX_ID, branch: '00000' }])
  page.draft.taxId = '0105561000004'
  expect(page.check()).toBe(false)
})
