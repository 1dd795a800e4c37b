import { expect, test } from 'vitest'
import { drawDocument } from './draw-document.ts'
import { SAMPLE_DOCUMENTS } from './sample-documents.ts'

/** Pages of a PDF, counted by their objects: they are not compressed. */
const pagesOf = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type \/Page\b(?!s)/g)?.length ?? 0

test.each(Object.keys(SAMPLE_DOCUMENTS))('the same document is the same file, byte for byte: %s', async name => {
  const content = SAMPLE_DOCUMENTS[name]!
  const [one, two] = [await drawDocument(content), await drawDocument(structuredClone(content))]
  expect(one.subarray(0, 5).toString()).toBe('%PDF-')
  expect(one.equals(two)).toBe(true)
})

test('a document of many lines goes over pages, one of a line does not', async () => {
  expect(pagesOf(await drawDocument(SAMPLE_DOCUMENTS['receipt']!))).toBe(1)
  expect(pagesOf(await drawDocument(SAMPLE_DOCUMENTS['long']!))).toBeGreaterThan(2)
})

test('names in scripts that the fonts do not have, and pictures, are drawn without a fault', async () => {
  const { receipt } = SAMPLE_DOCUMENTS
  const odd = '日本 😀 م‎ Ω\u0000\u0301 ' + 'ยาว'.repeat(200)
  const lines = [{ th: odd, en: odd, quantity: 1, amount: 1 }]
  expect(pagesOf(await drawDocument({ ...receipt!, lines }))).toBe(1)
})
