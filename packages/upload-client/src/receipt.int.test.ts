import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { receiptText, writeReceipt } from './receipt.ts'

test('the receipt of a second card takes a number of its own; that of the same card goes on', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pix-receipt-'))
  const path = join(folder, 'night-run.sha256')
  const [one, two, other] = ['a', 'b', 'c'].map((name, i) => ({ name: `${name}.jpg`, sha256: String(i).repeat(64) }))
  expect(writeReceipt(path, [one!])).toBe(path)
  expect(writeReceipt(path, [one!, two!])).toBe(path)
  for (const _ of ['once', 'again']) expect(writeReceipt(path, [other!])).toBe(join(folder, 'night-run-2.sha256'))
  expect(readFileSync(path, 'utf8')).toBe(receiptText([one!, two!]))
  expect(readdirSync(folder)).toHaveLength(2)
  rmSync(folder, { recursive: true })
})
