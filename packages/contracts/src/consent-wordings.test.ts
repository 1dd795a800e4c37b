import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { CONSENT_WORDINGS, wordingText } from './consent-wordings.ts'

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16)

test('a text that people agreed to is never changed under its id: another text is another version', () => {
  const texts = Object.fromEntries(CONSENT_WORDINGS.map(one => [`${one.purpose} ${one.id}`, hashOf(wordingText(one))]))
  expect(texts).toMatchInlineSnapshot(`
    {
      "face_search 2026-11-26-en": "8ac6862d445d7187",
      "face_search 2026-11-26-th": "41af3214c70e9ff0",
    }
  `)
})

test('every purpose has its wording in both languages, of the same version', () => {
  for (const { purpose, id, locale } of CONSENT_WORDINGS) {
    const other = locale === 'th' ? 'en' : 'th'
    expect(CONSENT_WORDINGS.map(one => `${one.purpose} ${one.id}`)).toContain(`${purpose} ${id.slice(0, -2)}${other}`)
  }
})
