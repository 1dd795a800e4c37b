import type { Match } from '@pix/contracts/faces.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { apiByHand, type Asked, beginVisit, mount, refusal, settled } from '../../../base/browser-testing.ts'

await import('../../../shell/words-testing.ts')
const { i18n } = await import('../../../base/i18n/index.ts')
const { useObjection } = await import('./use-objection.ts')

let asked: Asked[]
beforeEach(async () => {
  await beginVisit()
  asked = apiByHand()
})
afterEach(() => vi.unstubAllGlobals())

const match = (id: string, band: string) => ({ photo: { id }, band }) as Match
const open = () =>
  mount(() => useObjection('search', [match('a', 'sure'), match('b', 'likely'), match('c', 'maybe')]), i18n)

test('photos that may show somebody else are not chosen for them', () => {
  using page = open()
  expect([...page.selected.value]).toEqual(['a', 'b'])
  page.pick(['b'], false)
  page.pick(['c'], true)
  expect([...page.selected.value]).toEqual(['a', 'c'])
})

test('with no photo and no face to keep there is nothing to send', async () => {
  using page = open()
  page.pick(['a', 'b'], false)
  await page.confirm()
  expect([Object.keys(page.faults.value), asked.length]).toEqual([['nothing'], 0])
  page.form.keep = true
  const sent = page.confirm()
  await settled()
  expect(asked[0]!.body).toMatchObject({ photoIds: [], keep: page.keepWording.value.id })
  await asked[0]!.answer({ id: 'objection' })
  await sent
  expect(page.state.value).toEqual({ status: 'done', objection: { id: 'objection' }, isMailed: false })
})

test('it is sent once; a failure is said, and what was chosen is there to send again', async () => {
  using page = open()
  page.form.email = ' mali@example.com '
  const sent = page.confirm()
  await page.confirm()
  await settled()
  expect(asked).toHaveLength(1)
  await asked[0]!.answer(refusal(503, 'unavailable'))
  await sent
  expect([page.state.value.status, [...page.selected.value]]).toEqual(['failed', ['a', 'b']])
  const again = page.confirm()
  await settled()
  expect(asked[1]!.body).toMatchObject({ photoIds: ['a', 'b'], keep: null, email: 'mali@example.com' })
  await asked[1]!.answer({ id: 'objection' })
  await again
  expect(page.state.value).toMatchObject({ status: 'done', isMailed: true })
})
