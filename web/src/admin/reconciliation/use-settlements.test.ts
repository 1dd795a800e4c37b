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
const { useSettlement, useSettlements } = await import('./use-settlements.ts')
const { t } = i18n.global

let asked: Asked[]
beforeEach(async () => {
  await beginVisit()
  asked = apiByHand()
  browserEvents()
  // Four o'clock in the morning of the 28th in Bangkok, where it is still the 27th in UTC.
  vi.useFakeTimers({ now: new Date('2026-11-27T21:00:00Z'), toFake: ['Date'] })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const money = (amount: number) => ({ amount, currency: 'THB' })
const ours = (receipts: number) => ({ receipts, received: money(6_000), feeReckoned: money(200) })
const open = (gateways = ['omise', 'paynoi']) => mount(() => useSettlement(gateways), i18n)
const RIGHT = { total: ' 1200.00 ', fee: '19.80', reference: ' ST-7 ' }
const refused = () => expect.unreachable()

test('statements are read ten at a time, and what the answer says of gateways and fees is the latest', async () => {
  using list = mount(useSettlements)
  expect(list.facts.value).toEqual({ gateways: [], feeBalance: 0 })
  await asked[0]!.answer({ items: [{ id: 'a' }], nextCursor: 'a', gateways: ['omise'], feeBalance: money(-40) })
  expect(list.facts.value).toEqual({ gateways: ['omise'], feeBalance: -40 })
  void list.more()
  await asked[1]!.answer({
    items: [{ id: 'b' }],
    nextCursor: null,
    gateways: ['omise', 'paynoi'],
    feeBalance: money(7),
  })
  expect(asked.map(({ query }) => query)).toEqual([{ limit: '10' }, { limit: '10', cursor: 'a' }])
  expect(list.facts.value).toEqual({ gateways: ['omise', 'paynoi'], feeBalance: 7 })
  expect(list.state.value).toMatchObject({ value: { items: [{ id: 'a' }, { id: 'b' }], nextCursor: null } })
})

test('a statement begins with yesterday in Bangkok and the first gateway, and what our books say of it', async () => {
  using form = open()
  expect(asked[0]!.query).toEqual({ gateway: 'omise', firstDay: '2026-11-27', lastDay: '2026-11-27' })
  expect([form.last, form.reckoned.value]).toEqual(['2026-11-27', null])
  await asked[0]!.answer(ours(3))
  expect(form.reckoned.value).toEqual(ours(3))
})

test('other days or another gateway show what our books say of them, whatever answer comes last', async () => {
  using form = open()
  await asked[0]!.answer(ours(3))
  form.draft.firstDay = '2026-11-20'
  await nextTick()
  expect(form.reckoned.value).toBeNull()
  form.draft.gateway = 'paynoi'
  await nextTick()
  expect([asked.length, asked[1]!.isAborted]).toEqual([3, true])
  await asked[2]!.answer(ours(9))
  await asked[1]!.answer(ours(5))
  expect(asked[2]!.query).toEqual({ gateway: 'paynoi', firstDay: '2026-11-20', lastDay: '2026-11-27' })
  expect(form.reckoned.value).toEqual(ours(9))
})

test('our books are asked about no days that are none, and a failure of theirs is not shown as a figure', async () => {
  using form = open()
  await asked[0]!.breaks()
  expect(form.reckoned.value).toBeNull()
  for (const days of [{ firstDay: '2026-11-28' }, { firstDay: '' }, { firstDay: '2026-11-20', lastDay: '' }]) {
    Object.assign(form.draft, days)
    await nextTick()
  }
  expect(asked).toHaveLength(1)
})

test('a form without a gateway asks about none', async () => {
  using form = open([])
  await nextTick()
  expect([form.draft.gateway, asked]).toEqual(['', []])
})

test('nothing is sent while a field is empty or wrong, and each fault stands beside its field', async () => {
  using form = open()
  Object.assign(form.draft, { firstDay: '' })
  await form.send(refused)
  expect(form.form.faults.value).toEqual({
    firstDay: t('books.settled.dayMissing'),
    lastDay: t('books.settled.dayWrong'),
    total: t('books.settled.amountWrong'),
    fee: t('books.settled.feeWrong'),
    reference: t('books.settled.referenceMissing'),
  })
  Object.assign(form.draft, RIGHT, { firstDay: '2026-11-27', lastDay: '2026-11-28', total: '10', fee: '10.01' })
  await form.send(refused)
  expect(form.form.faults.value).toEqual({
    firstDay: undefined,
    lastDay: t('books.settled.dayWrong'),
    total: undefined,
    fee: t('books.settled.feeTooLarge'),
    reference: undefined,
  })
  expect(asked.filter(({ method }) => method === 'POST')).toEqual([])
})

test('a statement is sent once, in satang; a fee of nothing is one, too', async () => {
  using form = open()
  Object.assign(form.draft, RIGHT, { fee: '0' })
  let recorded = 0
  const done = form.send(() => (recorded += 1))
  void form.send(() => (recorded += 1))
  await settled()
  const sent = asked.filter(({ method }) => method === 'POST')
  const days = { gateway: 'omise', firstDay: '2026-11-27', lastDay: '2026-11-27' }
  expect(sent.map(({ body }) => body)).toEqual([{ ...days, reference: 'ST-7', total: money(120_000), fee: money(0) }])
  await sent[0]!.answer({})
  await done
  expect(recorded).toBe(1)
})

test.each([
  ['settlement_known', 'reference'],
  ['days_settled', 'lastDay'],
] as const)('%s stands beside its field until that is changed', async (code, field) => {
  using form = open()
  Object.assign(form.draft, RIGHT)
  const done = form.send(refused)
  await settled()
  await asked.at(-1)!.answer(refusal(409, code))
  await done
  expect([form.form.faults.value[field], form.form.problem.value]).toEqual([expect.stringMatching(/\S/), undefined])
  form.form.change(field)
  expect(form.form.faults.value[field]).toBeUndefined()
})
