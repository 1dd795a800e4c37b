import { MOST_CORRECTED } from '@pix/contracts/adjustments.ts'
import { formatMoney } from '@pix/domain/format-money.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
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
const { useCorrection, useCorrections } = await import('./use-corrections.ts')
const { t } = i18n.global

let asked: Asked[]
beforeEach(async () => {
  await beginVisit()
  asked = apiByHand()
  browserEvents()
})
afterEach(() => vi.unstubAllGlobals())

const OWNER = '019f0000-0000-7000-8000-00000000000a'
const ACCOUNTS = [
  { kind: 'gateway_clearing', ownerId: null, name: null, balance: null },
  { kind: 'photographer_payable', ownerId: OWNER, name: 'Mali', balance: { amount: 5_000, currency: 'THB' } },
]
const CLEARING = 'gateway_clearing '
const MALI = `photographer_payable ${OWNER}`
const RIGHT = { from: CLEARING, to: MALI, amount: ' 1250.50 ', reference: ' FIX-1 ', reason: ' a fee ', password: 'p' }

/** The form of a correction, its accounts read. */
async function open({ asksPassword = true } = {}) {
  const form = mount(() => useCorrection('studio', () => asksPassword), i18n)
  await asked[0]!.answer({ items: ACCOUNTS })
  return form
}
const nothing = () => undefined

test('a studio’s corrections are read ten at a time, the next ones after the last that is shown', async () => {
  using list = mount(() => useCorrections('studio'))
  await asked[0]!.answer({ items: [{ id: 'a' }], nextCursor: 'a' })
  void list.more()
  await asked[1]!.answer({ items: [{ id: 'b' }], nextCursor: null })
  expect(asked.map(({ query }) => query)).toEqual([
    { studio: 'studio', limit: '10' },
    { studio: 'studio', limit: '10', cursor: 'a' },
  ])
  expect(list.state.value).toMatchObject({ value: { items: [{ id: 'a' }, { id: 'b' }] } })
})

test('accounts are named by what they are and whose; the gateway’s by what happens to its money on that side', async () => {
  using form = await open()
  expect(asked[0]!.query).toEqual({ studio: 'studio' })
  for (const side of ['from', 'to'] as const)
    expect(form[side].value).toEqual([
      { value: '', label: t('paying.fix.choose') },
      { value: CLEARING, label: t(`paying.fix.clearing.${side}`) },
      { value: MALI, label: `Mali · ${t('ledger.accounts.photographer_payable')}` },
    ])
})

test('nothing is sent while a field is empty or wrong, and each fault stands beside its field', async () => {
  using form = await open()
  await form.send(() => expect.unreachable())
  expect(form.form.faults.value).toEqual({
    from: t('paying.fix.accountMissing'),
    to: t('paying.fix.accountMissing'),
    amount: t('paying.fix.amountWrong'),
    reference: t('paying.fix.referenceMissing'),
    reason: t('paying.reasonMissing'),
    password: t('payouts.passwordMissing'),
  })
  Object.assign(form.draft, RIGHT, { to: CLEARING, reference: ' ' })
  await form.send(() => expect.unreachable())
  expect(form.form.faults.value).toMatchObject({
    from: undefined,
    to: t('paying.fix.accountTwice'),
    amount: undefined,
    reference: t('paying.fix.referenceMissing'),
  })
  expect(asked).toHaveLength(1)
})

test.each([
  ['0', t('paying.fix.amountWrong')],
  ['12.345', t('paying.fix.amountWrong')],
  ['1000000.01', t('paying.fix.amountMost', { most: formatMoney(MOST_CORRECTED) })],
  ['1000000.00', undefined],
])('an amount of %s', async (amount, fault) => {
  using form = await open()
  Object.assign(form.draft, RIGHT, { amount, reference: '' })
  await form.send(() => expect.unreachable())
  expect(form.form.faults.value.amount).toBe(fault)
})

test('a correction is sent once in satang, both accounts by kind and owner, with the password where one is asked', async () => {
  using form = await open()
  Object.assign(form.draft, RIGHT)
  let posted = 0
  const done = form.send(() => (posted += 1))
  void form.send(() => (posted += 1))
  await settled()
  expect(asked.slice(1).map(({ body }) => body)).toEqual([
    {
      studioId: 'studio',
      from: { kind: 'gateway_clearing', ownerId: null },
      to: { kind: 'photographer_payable', ownerId: OWNER },
      amount: { amount: 125_050, currency: 'THB' },
      reference: 'FIX-1',
      reason: 'a fee',
      password: 'p',
    },
  ])
  await asked[1]!.answer({})
  await done
  expect(posted).toBe(1)
})

test('an account without a password is asked for none and sends none', async () => {
  using form = await open({ asksPassword: false })
  Object.assign(form.draft, RIGHT, { password: '' })
  void form.send(nothing)
  await settled()
  expect(asked[1]!.body).not.toHaveProperty('password')
})

test('a refused reference or password stands beside its field until that is changed; another failure in the note', async () => {
  using form = await open()
  Object.assign(form.draft, RIGHT)
  const { faults, problem, change } = form.form
  for (const [code, status, field] of [
    ['adjustment_made', 409, 'reference'],
    ['wrong_password', 422, 'password'],
  ] as const) {
    const done = form.send(() => expect.unreachable())
    await settled()
    await asked.at(-1)!.answer(refusal(status, code))
    await done
    expect([faults.value[field], problem.value]).toEqual([expect.stringMatching(/\S/), undefined])
    change(field)
    expect(faults.value[field]).toBeUndefined()
  }
  const done = form.send(() => expect.unreachable())
  await settled()
  await asked.at(-1)!.breaks()
  await done
  expect([Object.values(faults.value).filter(Boolean), problem.value]).toEqual([[], expect.stringMatching(/\S/)])
})
