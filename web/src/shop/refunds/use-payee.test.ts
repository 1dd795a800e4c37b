import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ref } from 'vue'
import { mount } from '../../base/browser-testing.ts'

await import('../../shell/words-testing.ts')
const { i18n } = await import('../../base/i18n/index.ts')
const { usePayee } = await import('./use-payee.ts')

let sent: object[]
beforeEach(() => (sent = []))
afterEach(() => vi.unstubAllGlobals())

const open = (isAsked?: () => boolean) => mount(() => usePayee(isAsked), i18n)
const submit = ({ form, payee }: ReturnType<typeof open>) => form.submit(async () => void sent.push(payee()))
const faults = ({ form }: ReturnType<typeof open>) =>
  Object.entries(form.faults.value).flatMap(([name, fault]) => (fault ? [name] : []))

test('what was typed for the other kind of account neither holds this one up nor is sent', async () => {
  using page = open()
  Object.assign(page.draft, { kind: 'bank', account: '12', bank: 'K', id: '081 234 5678' })
  await submit(page)
  expect([faults(page), sent]).toEqual([['bank', 'account', 'name'], []])
  page.draft.kind = 'promptpay'
  await submit(page)
  expect([faults(page), sent]).toEqual([[], [{ kind: 'promptpay', id: '0812345678' }]])
})

test('an account of a bank is sent without the spaces and with its owner’s name', async () => {
  using page = open()
  Object.assign(page.draft, { kind: 'bank', bank: ' KBANK ', account: '123 4 56789 0', name: ' Mali ' })
  await submit(page)
  expect(sent).toEqual([{ kind: 'bank', bank: 'KBANK', account: '1234567890', name: 'Mali' }])
})

test('a form that asks for no account is not held up by one', async () => {
  const isAsked = ref(true)
  using page = open(() => isAsked.value)
  await submit(page)
  expect([faults(page), sent.length]).toEqual([['id'], 0])
  isAsked.value = false
  await submit(page)
  expect([faults(page), sent.length]).toEqual([[], 1])
})
