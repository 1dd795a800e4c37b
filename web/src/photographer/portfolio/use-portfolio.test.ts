import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { nextTick } from 'vue'
import {
  apiByHand,
  type Asked,
  beginVisit,
  browserEvents,
  mount,
  refusal,
  settled,
} from '../../base/browser-testing.ts'

await import('../../shell/words-testing.ts')
const { i18n } = await import('../../base/i18n/index.ts')
const { usePortfolio } = await import('./use-portfolio.ts')

const KEPT = { slug: 'nok', name: 'Nok', about: '', shown: true }

let asked: Asked[]
beforeEach(async () => {
  await beginVisit()
  asked = apiByHand()
  browserEvents()
})
afterEach(() => vi.unstubAllGlobals())

async function open(portfolio: object | null = KEPT) {
  const page = mount(usePortfolio, i18n)
  await asked[0]!.answer({ portfolio })
  return page
}
const nothing = () => undefined

test('the form begins with what is kept, or empty, and an empty one is not sent', async () => {
  using kept = await open()
  expect({ ...kept.draft }).toEqual(KEPT)
  asked.length = 0
  using empty = await open(null)
  await empty.save(() => expect.unreachable())
  expect([empty.form.faults.value, asked.length]).toEqual([
    { name: i18n.global.t('portfolio.nameFault'), slug: i18n.global.t('portfolio.slugFault') },
    1,
  ])
})

test('an address that somebody else has is blamed beside its field, and stays as it was typed', async () => {
  using page = await open()
  page.draft.slug = 'lek'
  const done = page.save(() => expect.unreachable())
  void page.save(() => expect.unreachable())
  await settled()
  await asked[1]!.answer(refusal(409, 'portfolio_slug_taken'))
  await done
  expect([page.form.faults.value.slug, page.draft.slug, asked.length]).toEqual([expect.stringMatching(/\S/), 'lek', 2])
})

test('what is typed while it is being saved stays; the rest is as it is kept', async () => {
  using page = await open()
  page.draft.name = ' Nok Dee '
  const done = page.save(nothing)
  await settled()
  page.draft.about = 'I photograph runners'
  await asked[1]!.answer({ portfolio: { ...KEPT, name: 'Nok Dee' } })
  await done
  await nextTick()
  expect({ ...page.draft }).toEqual({ ...KEPT, name: 'Nok Dee', about: 'I photograph runners' })
  expect(page.state.value).toMatchObject({ value: { name: 'Nok Dee', about: '' } })
})
