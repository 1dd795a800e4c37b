import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { apiByHand, type Asked, beginVisit, mount, refusal, settled } from '../../base/browser-testing.ts'

await import('../../shell/words-testing.ts')
const { i18n } = await import('../../base/i18n/index.ts')
const { useTakedown } = await import('./use-takedown.ts')

let asked: Asked[]
beforeEach(async () => {
  await beginVisit()
  asked = apiByHand()
})
afterEach(() => vi.unstubAllGlobals())

test('nothing is sent before a reason is chosen, and another reason has to be said', async () => {
  using page = mount(() => useTakedown('photo'), i18n)
  await page.send()
  expect(Object.keys(page.faults.value)).toEqual(['reason'])
  page.form.reason = 'other'
  page.form.statement = '   '
  page.form.email = 'no address'
  await page.send()
  expect(Object.keys(page.faults.value)).toEqual(['statement', 'email'])
  expect(asked).toEqual([])
})

test('it is sent once, and what was left empty is left out', async () => {
  using page = mount(() => useTakedown('photo'), i18n)
  page.form.reason = 'me'
  const sent = page.send()
  await page.send()
  await settled()
  expect(asked.map(({ body }) => body)).toEqual([{ photoId: 'photo', reason: 'me', locale: 'th' }])
  await asked[0]!.answer(Response.json({ number: 'TD-1' }, { status: 201 }))
  await sent
  expect(page.state.value).toEqual({ status: 'asked', number: 'TD-1', email: null })
})

test('a photo that is gone is said, and nothing that was written is lost', async () => {
  using page = mount(() => useTakedown('photo'), i18n)
  Object.assign(page.form, { reason: 'other', statement: 'my child', email: 'mali@example.com' })
  const sent = page.send()
  await settled()
  await asked[0]!.answer(refusal(404, 'not_found'))
  await sent
  expect(page.state.value).toEqual({ status: 'failed', message: i18n.global.t('takedown.gone') })
  expect(page.form).toEqual({ reason: 'other', statement: 'my child', email: 'mali@example.com' })
})
