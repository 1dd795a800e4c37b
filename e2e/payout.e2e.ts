import { changeSeller } from '@pix/contracts/sellers.ts'
import { listStudios } from '@pix/contracts/studios.ts'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { englishPage, newPerson, openBrowser } from './browser.ts'
import { buyOnePhoto } from './buy-one-photo.ts'
import { adminClient, signIn } from './crew.ts'
import { PASSWORD } from './shop.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
  const admin = await adminClient()
  const { items } = await admin.call(listStudios, { query: { limit: 100 } })
  const house = items.find(({ slug }) => slug !== 'moonlight')!
  // A company withholds tax.
  await admin.call(changeSeller, {
    params: { id: house.id },
    body: {
      vat: 'none',
      name: 'บริษัท ภาพสวย จำกัด',
      address: '1 ถนนสีลม กรุงเทพมหานคร',
      taxId: '0107537000521',
      branch: '00000',
      sellsAs: 'principal',
      soldAs: 'service',
    },
  })
})
afterAll(() => browser?.close())

test('a photographer enters an account, a batch is drafted, approved, taken to the bank and paid, and the photographer has the money and the certificate', async () => {
  await buyOnePhoto(browser)
  await using photographer = await newPerson(browser, { locale: 'en' })
  const own = await englishPage(photographer)
  await signIn(own, 'photographer')
  await own.goto('/photographer/payouts')
  const change = own.getByRole('button', { name: 'Change the account' })
  const form = own.getByLabel('Account number')
  await change.or(form).first().waitFor()
  // An account stays as it is: a changed one is not paid to for three days.
  if (await form.isVisible()) {
    await own.getByLabel('Bank', { exact: true }).selectOption('004')
    await form.fill('012-3-45678-9')
    await own.getByLabel('Name of the account').fill('Lek Photo')
    await own.getByLabel('Name for the tax office').fill('Lek Photo')
    await own.getByLabel('Tax ID').fill('1101700230708')
    await own.getByLabel('Address for the tax office').fill('9 Moo 3, Chiang Mai')
    await own.getByLabel('Your password, to show that it is you').fill(PASSWORD)
    await own.getByRole('button', { name: 'Save the account' }).click()
    await change.waitFor()
  }

  await using staff = await newPerson(browser, { locale: 'en' })
  const desk = await englishPage(staff)
  await signIn(desk, 'admin')
  await desk.goto('/admin/payouts')
  await desk.getByRole('button', { name: 'Draft a batch' }).click()
  await desk.getByRole('button', { name: 'Approve' }).click()
  const dialog = desk.getByRole('dialog')
  await dialog.getByLabel('Your password, to show that it is you').fill(PASSWORD)
  await dialog.getByRole('button', { name: 'Approve' }).click()
  const download = desk.waitForEvent('download')
  await desk.getByRole('button', { name: 'Download the bank file (CSV)' }).click()
  const file = await download
  const number = await desk.getByRole('heading', { level: 1, name: /^PO-/ }).innerText()
  expect(file.suggestedFilename()).toBe(`${number}.csv`)
  await desk.getByLabel('The bank’s reference').fill('KB-2026-1')
  await desk.getByRole('button', { name: 'Record as paid' }).click()
  await desk.getByText('Every line is settled.').waitFor()

  await desk.goto('/admin/ledger')
  await desk
    .getByRole('heading', { name: /^Sale PX-/ })
    .first()
    .waitFor()
  const ledger = desk.waitForEvent('download')
  await desk.getByRole('button', { name: 'Download CSV' }).click()
  expect((await ledger).suggestedFilename()).toMatch(/^ledger-.+\.csv$/)

  await own.reload()
  const row = own.getByRole('row').filter({ hasText: number })
  await row.getByText('Paid', { exact: true }).waitFor()
  await row.getByRole('button', { name: /^Open PDF/ }).waitFor()
})
