import { expect, test } from 'vitest'
import { drawDocument } from './draw-document.ts'
import { SAMPLE_CERTIFICATES } from './sample-certificates.ts'
import { SAMPLE_DOCUMENTS } from './sample-documents.ts'

/** Pages of a PDF, counted by their objects: they are not compressed. */
const pagesOf = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type \/Page\b(?!s)/g)?.length ?? 0

const SAMPLES = { ...SAMPLE_DOCUMENTS, ...SAMPLE_CERTIFICATES }
test.each(Object.keys(SAMPLES))('the same document is the same file, byte for byte: %s', async name => {
  const content = SAMPLES[name]!
  const [one, two] = [await drawDocument(content), await drawDocument(structuredClone(content))]
  expect(one.subarray(0, 5).toString()).toBe('%PDF-')
  expect(one.equals(two)).toBe(true)
})

test('a document of many lines goes over pages, one of a line does not', async () => {
  expect(pagesOf(await drawDocument(SAMPLE_DOCUMENTS['receipt']!))).toBe(1)
  expect(pagesOf(await drawDocument(SAMPLE_DOCUMENTS['long']!))).toBeGreaterThan(2)
})

test('both copies of a certificate have a page, however long its names are', async () => {
  const { certificate } = SAMPLE_CERTIFICATES
  expect(pagesOf(await drawDocument(certificate!))).toBe(2)
  const long = { name: 'ยาว'.repeat(66), address: 'ยาวมาก '.repeat(57) }
  const stretched = {
    ...certificate!,
    payee: { ...certificate!.payee, ...long },
    payer: { ...certificate!.payer, ...long },
  }
  expect(pagesOf(await drawDocument(stretched))).toBe(2)
})

test('names in scripts that the fonts do not have, and pictures, are drawn without a fault', async () => {
  const { receipt } = SAMPLE_DOCUMENTS
  const odd = '日本 😀 م‎ Ω\u0000\u0301 ' + 'ยาว'.repeat(200)
  const lines = [{ th: odd, en: odd, quantity: 1, amount: 1 }]
  expect(pagesOf(await drawDocument({ ...receipt!, lines }))).toBe(1)
})
