import type { SaidWords } from '@pix/domain/letter-places.ts'
import { LETTERS } from '@pix/domain/letters.ts'
import { expect, test } from 'vitest'
import { faultsOf, LOCALES, ourWords, placesOf } from './own-words.ts'
import { SAMPLE_FACTS, SAMPLE_LINK, TEMPLATES } from './preview-letters.ts'
import { writeLetter, writeTestLetter } from './write-letter.ts'

const OWN: SaidWords = {
  subject: 'Order {number}',
  lines: ['It is paid.', 'Your receipt is {document}.'],
  action: 'Download',
  hint: 'Until it ends.',
}

test('our words name what they have to and nothing else, in both languages', () => {
  for (const template of TEMPLATES)
    for (const locale of LOCALES)
      expect([template, ...faultsOf(template, ourWords(template, locale))]).toEqual([template])
})

test('every fact of a letter has a place in its words', () => {
  for (const template of TEMPLATES)
    expect([template, ...placesOf(template).needed.toSorted()]).toEqual([
      template,
      ...LETTERS[template].facts.toSorted(),
    ])
})

test('a letter in own words says them, and keeps its code, its link and why it came', () => {
  const { subject, text } = writeLetter('order_paid', 'en', SAMPLE_FACTS, SAMPLE_LINK, OWN)
  expect(subject).toBe(`Order ${SAMPLE_FACTS['number']}`)
  expect(text).toContain(`Your receipt is ${SAMPLE_FACTS['document']}.`)
  expect(text).toContain(SAMPLE_LINK)
  expect(text).toContain('This e-mail was sent automatically')
  const own = { ...OWN, lines: ['Here it is.'], subject: 'Your code ({number})' }
  expect(writeLetter('order_code', 'en', SAMPLE_FACTS, SAMPLE_LINK, own).text).toContain(SAMPLE_FACTS['code'])
})

test('a paragraph that names what a letter lacks is left out of own words, too', () => {
  const { document: _, ...facts } = SAMPLE_FACTS
  const { text } = writeLetter('order_paid', 'en', facts, SAMPLE_LINK, OWN)
  expect(text).toContain('It is paid.')
  expect(text).not.toContain('receipt')
})

test('own words that a release no longer understands are not sent: ours are', () => {
  const ours = writeLetter('order_paid', 'en', SAMPLE_FACTS, SAMPLE_LINK)
  for (const unfit of [
    { ...OWN, subject: 'Order' },
    { ...OWN, hint: '{gone}' },
  ])
    expect(writeLetter('order_paid', 'en', SAMPLE_FACTS, SAMPLE_LINK, unfit)).toEqual(ours)
})

test('a test of a letter says in its subject and its last line that it is one', () => {
  const { subject, text } = writeTestLetter('order_paid', 'en', SAMPLE_FACTS, SAMPLE_LINK, OWN)
  expect(subject).toBe(`[Test] Order ${SAMPLE_FACTS['number']}`)
  expect(text).toContain('an admin asked for a test letter')
})
