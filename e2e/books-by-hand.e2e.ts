import { attachmentsOf } from '@pix/pdf/attachments-testing.ts'
import { readFile } from 'node:fs/promises'
import type { Browser, Download, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { englishPage, newPerson, openBrowser } from './browser.ts'
import { buyOnePhoto } from './buy-one-photo.ts'
import { signIn } from './crew.ts'
import { PASSWORD } from './shop.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

const isOwn = Date.now().toString(36).toUpperCase()

/** Waits until what is wrong stands beside this field, and the field says to readers that it is wrong. */
async function saysBeside(form: Locator, label: string, fault: string | RegExp): Promise<void> {
  const field = form.getByLabel(label, { exact: true })
  await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true')
  const note = form.locator(`[id="${await field.getAttribute('aria-describedby')}"]`)
  await expect.poll(() => note.innerText()).toMatch(fault)
}

const download = async (page: Page, button: string): Promise<Buffer> => {
  const begun: Promise<Download> = page.waitForEvent('download')
  await page.getByRole('button', { name: button, exact: true }).click()
  return readFile(await (await begun).path())
}

test('a correction by hand is made with the password, once for its reference, and its payee reads it on the page, in the CSV and in the PDF', async () => {
  const reference = `LETTER-${isOwn}`
  const reason = 'Photos were uploaded under another name'
  await buyOnePhoto(browser)
  await using staff = await newPerson(browser, { locale: 'en' })
  const desk = await englishPage(staff)
  await signIn(desk, 'admin')
  await desk.goto('/admin/payouts')
  await desk.getByRole('button', { name: 'Make a correction' }).click()
  const form = desk.getByRole('dialog')
  const post = form.getByRole('button', { name: 'Post the correction' })
  await post.click()
  for (const [label, fault] of [
    ['Take from', 'Choose an account'],
    ['Give to', 'Choose an account'],
    ['Amount (baht)', 'Enter an amount'],
    ['Reference', 'Enter the reference'],
    ['Reason', 'Enter the reason'],
  ] as const)
    await saysBeside(form, label, fault)

  await form.getByLabel('Take from').selectOption({ label: 'Platform’s revenue' })
  await form.getByLabel('Give to').selectOption({ label: 'Platform’s revenue' })
  await saysBeside(form, 'Give to', 'Choose another account')
  const photographers = form.getByLabel('Give to').locator('option', { hasText: '· Photographer' }).first()
  await form.getByLabel('Give to').selectOption((await photographers.getAttribute('value'))!)
  await form.getByLabel('Amount (baht)').fill('1000000.01')
  await saysBeside(form, 'Amount (baht)', 'at most')
  await form.getByLabel('Amount (baht)').fill('12.50')
  await form.getByLabel('Reference').fill(reference)
  await form.getByLabel('Reason').fill(reason)
  const password = form.getByLabel('Your password, to show that it is you')
  await password.fill('not my password')
  await post.click()
  await saysBeside(form, 'Your password, to show that it is you', /password/)
  expect(await desk.getByText(reference).count()).toBe(0)
  await password.fill(PASSWORD)
  await post.click()
  await desk.getByText('The correction is posted').waitFor()
  const row = desk.getByRole('row').filter({ hasText: reference })
  await row.getByText(reason).waitFor()
  await row.getByText('฿12.50').waitFor()

  await desk.getByRole('button', { name: 'Make a correction' }).click()
  await form.getByLabel('Take from').selectOption({ label: 'Platform’s revenue' })
  await form.getByLabel('Give to').selectOption((await photographers.getAttribute('value'))!)
  await form.getByLabel('Amount (baht)').fill('1')
  await form.getByLabel('Reference').fill(reference)
  await form.getByLabel('Reason').fill(reason)
  await password.fill(PASSWORD)
  await post.click()
  await saysBeside(form, 'Reference', /reference/)

  await using photographer = await newPerson(browser, { locale: 'en' })
  const own = await englishPage(photographer)
  await signIn(own, 'photographer')
  await own.goto('/photographer/earnings')
  const line = own.getByRole('row').filter({ hasText: reference })
  await line.getByText(reason).waitFor()
  await line.getByText('฿12.50').waitFor()
  const csv = (await download(own, 'Download CSV')).toString()
  expect(csv.split('\n').find(one => one.includes(reference))).toMatch(/Correction.*12\.5/)
  expect(csv).toContain(reason)

  await own.getByRole('button', { name: /^Make the PDF|^Make it anew/ }).click()
  const take = own.getByRole('button', { name: 'Download PDF' })
  await take.waitFor()
  const pdf = await download(own, 'Download PDF')
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  expect(attachmentsOf(pdf).filter(part => part.includes(reference) && part.includes('"amount"'))).not.toEqual([])
})

test('a gateway’s statement is recorded once for its reference and its days, and stands in the list beside our books', async () => {
  await using staff = await newPerson(browser, { locale: 'en' })
  const desk = await englishPage(staff)
  await signIn(desk, 'admin')
  await desk.goto('/admin/reconciliation')
  const from = Date.UTC(2015, 0, 1) + Math.floor(Math.random() * 3_000) * 86_400_000
  const [day, dayAfter] = [0, 1].map(days => new Date(from + days * 86_400_000).toISOString().slice(0, 10))
  const open = () => desk.getByRole('button', { name: 'Record a statement' }).click()
  const form = desk.getByRole('dialog')
  const post = form.getByRole('button', { name: 'Record and post the fee' })
  const fill = async (reference: string, day: string, total: string, fee: string) => {
    await form.getByLabel('First day of its payments').fill(day)
    await form.getByLabel('Last day', { exact: true }).fill(day)
    await form.getByLabel('Total (baht)').fill(total)
    await form.getByLabel('Fee (baht)').fill(fee)
    await form.getByLabel('Reference').fill(reference)
  }

  await open()
  await post.click()
  for (const [label, fault] of [
    ['Total (baht)', 'Enter an amount above 0'],
    ['Fee (baht)', 'Enter an amount'],
    ['Reference', 'Enter the reference'],
  ] as const)
    await saysBeside(form, label, fault)
  await form.getByLabel('Last day', { exact: true }).fill('2014-01-01')
  await saysBeside(form, 'Last day', 'not before the first one')
  await fill(`STATEMENT-${isOwn}`, day!, '100', '100.01')
  await saysBeside(form, 'Fee (baht)', 'more than the total')
  await form.getByLabel('Fee (baht)').fill('1.65')
  await form.getByText('Paid out to the bank account: ฿98.35').waitFor()
  await form.getByText('0 payments, ฿0').waitFor()
  await post.click()
  await desk.getByText('The statement is recorded').waitFor()
  const row = desk.getByRole('row').filter({ hasText: `STATEMENT-${isOwn}` })
  await row.getByText('฿98.35').waitFor()
  await row.getByText('Our receipts: ฿0 (+฿100)').waitFor()

  await open()
  await fill(`STATEMENT-${isOwn}`, dayAfter!, '5', '0')
  await post.click()
  await saysBeside(form, 'Reference', /reference/)
  await fill(`ANOTHER-${isOwn}`, day!, '5', '0')
  await post.click()
  await saysBeside(form, 'Last day', /days/)
  expect(await desk.getByText(`ANOTHER-${isOwn}`).count()).toBe(0)
})
