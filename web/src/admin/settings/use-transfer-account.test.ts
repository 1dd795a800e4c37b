import { createPinia, type Pinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { apiByHand, type Asked, browserEvents, mount, refusal, settled } from '../../base/browser-testing.ts'

await import('../../shell/words-testing.ts')
const { i18n } = await import('../../base/i18n/index.ts')
const { useTransferAccount } = await import('./use-transfer-account.ts')

const ACCOUNT = { bank: 'KBANK', name: 'Riverside Co', number: '1234567890', promptpay: null }

let asked: Asked[]
let pinia: Pinia
beforeEach(() => {
  pinia = createPinia()
  asked = apiByHand()
  browserEvents()
})
afterEach(() => vi.unstubAllGlobals())

async function open(account: object | null = null) {
  const page = mount(useTransferAccount, i18n, pinia)
  await asked[0]!.answer({ account })
  return page
}

test('nothing is sent while a number is wrong or the password is missing', async () => {
  using page = await open()
  Object.assign(page.draft, { bank: 'KBANK', name: 'Riverside Co', number: '12', promptpay: '123' })
  await page.save(() => expect.unreachable())
  expect([page.form.faults.value.number, page.form.faults.value.promptpay, page.form.faults.value.password]).toEqual([
    i18n.global.t('settings.transfer.numberWrong'),
    i18n.global.t('settings.transfer.promptpayWrong'),
    i18n.global.t('settings.transfer.passwordMissing'),
  ])
  expect(asked).toHaveLength(1)
})

test('what is saved is shown as the server has it, and the password is asked for again', async () => {
  using page = await open()
  Object.assign(page.draft, { bank: ' KBANK ', name: 'Riverside Co', number: '123 456 7890' })
  page.password.value = 'a password'
  let saved = 0
  const done = page.save(() => (saved += 1))
  await settled()
  expect(asked[1]!.body).toEqual({ account: ACCOUNT, password: 'a password' })
  await asked[1]!.answer({ account: ACCOUNT })
  await done
  expect([saved, page.password.value, page.draft.number]).toEqual([1, '', '1234567890'])
  expect(page.form.faults.value.password).toBeUndefined()
})

test('a shop that takes no transfers any more need not have its fields right, and they are empty afterwards', async () => {
  using page = await open(ACCOUNT)
  page.draft.number = '12'
  page.password.value = 'a password'
  const done = page.takeNone()
  await settled()
  expect(asked[1]!.body).toEqual({ account: null, password: 'a password' })
  await asked[1]!.answer({ account: null })
  await done
  expect({ ...page.draft }).toEqual({ bank: '', name: '', number: '', promptpay: '' })
  // From here on an account is judged again.
  page.form.leave('number')
  expect(page.form.faults.value.number).toBe(i18n.global.t('settings.transfer.numberWrong'))
})

test('a wrong password stands beside its field, and nothing that was typed is lost', async () => {
  using page = await open(ACCOUNT)
  page.draft.name = 'Another Co'
  page.password.value = 'wrong'
  const done = page.save(() => expect.unreachable())
  await settled()
  await asked[1]!.answer(refusal(403, 'wrong_password'))
  await done
  expect([page.form.faults.value.password, page.draft.name]).toEqual([expect.stringMatching(/\S/), 'Another Co'])
})

test('what is typed while it is being saved stays', async () => {
  using page = await open(ACCOUNT)
  page.password.value = 'a password'
  const done = page.save(() => undefined)
  await settled()
  page.draft.name = 'Another Co'
  await asked[1]!.answer({ account: ACCOUNT })
  await done
  await settled()
  expect([page.draft.name, page.draft.number]).toEqual(['Another Co', ACCOUNT.number])
})
