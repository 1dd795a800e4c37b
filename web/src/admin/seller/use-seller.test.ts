import type { Seller } from '@pix/contracts/sellers.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { apiByHand, type Asked, beginVisit, mount, refusal, settled } from '../../base/browser-testing.ts'

await import('../../shell/words-testing.ts')
const { i18n } = await import('../../base/i18n/index.ts')
const { useSeller } = await import('./use-seller.ts')

const NOT_REGISTERED: Seller = {
  vat: 'none',
  name: 'Riverside Photo',
  address: '1 River Road, Bangkok',
  taxId: null,
  branch: null,
  sellsAs: 'principal',
  soldAs: 'service',
}
const TAX_ID = '0105561000003'

let asked: Asked[]
beforeEach(async () => {
  await beginVisit()
  asked = apiByHand()
})
afterEach(() => vi.unstubAllGlobals())

const open = (seller = NOT_REGISTERED) => mount(() => useSeller('studio', seller), i18n)
const nothing = () => undefined

test('a seller registered for VAT needs a tax id and a branch; another one may leave both out', async () => {
  using page = open()
  page.draft.vat = 'registered'
  page.draft.branch = '12'
  await page.save(() => expect.unreachable())
  expect([page.form.faults.value.taxId, page.form.faults.value.branch]).toEqual([
    i18n.global.t('seller.taxIdWrong'),
    i18n.global.t('seller.branchWrong'),
  ])
  page.draft.vat = 'none'
  void page.save(nothing)
  await settled()
  expect(asked.map(({ body }) => body)).toEqual([NOT_REGISTERED])
})

test('it is saved once as it is read on documents: without the spaces that people type', async () => {
  using page = open()
  Object.assign(page.draft, { vat: 'registered', taxId: '0 1055 61000 00 3', branch: ' 00012 ' })
  let saved = 0
  const done = page.save(() => (saved += 1))
  void page.save(() => (saved += 1))
  await settled()
  const kept = { ...NOT_REGISTERED, vat: 'registered', taxId: TAX_ID, branch: '00012' }
  expect(asked.map(({ body }) => body)).toEqual([kept])
  await asked[0]!.answer(kept)
  await done
  expect([saved, page.draft.taxId, page.draft.branch]).toEqual([1, TAX_ID, '00012'])
})

test('what is typed while it is being saved stays, and the next press sends it', async () => {
  using page = open()
  page.draft.name = ' Riverside Co '
  const done = page.save(nothing)
  await settled()
  page.draft.address = '2 Hill Road, Chiang Mai'
  await asked[0]!.answer({ ...NOT_REGISTERED, name: 'Riverside Co' })
  await done
  expect([page.draft.name, page.draft.address]).toEqual(['Riverside Co', '2 Hill Road, Chiang Mai'])
  void page.save(nothing)
  await settled()
  expect(asked[1]!.body).toMatchObject({ address: '2 Hill Road, Chiang Mai' })
})

test('a failure is said, and nothing that was typed is lost', async () => {
  using page = open()
  page.draft.name = 'Riverside Co'
  const done = page.save(() => expect.unreachable())
  await settled()
  await asked[0]!.answer(refusal(503, 'unavailable'))
  await done
  expect([page.form.problem.value, page.draft.name]).toEqual([expect.stringMatching(/\S/), 'Riverside Co'])
})
