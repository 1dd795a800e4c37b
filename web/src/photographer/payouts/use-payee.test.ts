import type { OwnPayee } from '@pix/contracts/payees.ts'
import { createPinia, type Pinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { apiByHand, type Asked, beginVisit, mount, refusal, settled } from '../../base/browser-testing.ts'

await import('../../shell/words-testing.ts')
const { i18n } = await import('../../base/i18n/index.ts')
const { useSession } = await import('../../base/session.store.ts')
const { usePayee } = await import('./use-payee.ts')

const PAYEE = { party: 'photographer', id: 'nok', account: null } as OwnPayee
const TYPED = {
  bank: '004',
  account: '123 4 56789 0',
  accountName: 'Nok Photo',
  name: 'Nok Dee',
  address: '1 River Road',
  taxId: '0105561000003',
}

let asked: Asked[]
let pinia: Pinia
let saved: unknown[]
beforeEach(async () => {
  await beginVisit()
  asked = apiByHand()
  pinia = createPinia()
  saved = []
})
afterEach(() => vi.unstubAllGlobals())

function open(payee: OwnPayee = PAYEE, hasPassword = true) {
  useSession(pinia).changed({ id: 'nok', hasPassword } as never)
  return mount(() => usePayee(payee, changed => saved.push(changed)), i18n, pinia)
}
const faults = ({ form }: ReturnType<typeof open>) =>
  Object.entries(form.faults.value).flatMap(([name, fault]) => (fault ? [name] : []))

test('of an account that is known the numbers are typed again, and the password; the rest is there', async () => {
  const account = { ...TYPED, form: 'person', vatRegistered: true } as unknown as OwnPayee['account']
  using page = open({ ...PAYEE, account })
  await page.save()
  expect([faults(page), page.draft.accountName, page.draft.vatRegistered, asked.length]).toEqual([
    ['account', 'taxId', 'password'],
    'Nok Photo',
    true,
    0,
  ])
})

test('a company’s number is no person’s fault, but a person’s number is no company’s', async () => {
  using page = open()
  Object.assign(page.draft, TYPED, { form: 'juristic', taxId: '1101700203450' })
  page.password.value = 'a password'
  await page.save()
  expect([faults(page), page.form.faults.value.taxId]).toEqual([['taxId'], i18n.global.t('payouts.taxIdNotJuristic')])
})

test('an account without a password is not asked for one', async () => {
  using page = open(PAYEE, false)
  Object.assign(page.draft, TYPED)
  const done = page.save()
  await settled()
  expect(asked[0]!.body).toMatchObject({ bank: '004', locale: 'th' })
  expect(asked[0]!.body).not.toHaveProperty('password')
  await asked[0]!.answer(PAYEE)
  await done
  expect(saved).toEqual([PAYEE])
})

test('a wrong password stands beside its field, and nothing that was typed is lost', async () => {
  using page = open()
  Object.assign(page.draft, TYPED)
  page.password.value = 'wrong'
  const done = page.save()
  void page.save()
  await settled()
  await asked[0]!.answer(refusal(403, 'wrong_password'))
  await done
  expect([faults(page), page.draft.account, page.password.value, asked.length, saved]).toEqual([
    ['password'],
    TYPED.account,
    'wrong',
    1,
    [],
  ])
})
