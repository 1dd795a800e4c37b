import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { CONSENT_WORDINGS, wordingText } from './consent-wordings.ts'

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16)

test('a text that people agreed to is never changed under its id: another text is another version', () => {
  const texts = Object.fromEntries(CONSENT_WORDINGS.map(one => [`${one.purpose} ${one.id}`, hashOf(wordingText(one))]))
  expect(texts).toMatchInlineSnapshot(`
    {
      "face_alert alert-2026-11-28-child-en": "f0332dc7e9cb6442",
      "face_alert alert-2026-11-28-child-th": "45cd3edde19c012c",
      "face_alert alert-2026-11-28-en": "f6195b8efd0a75b5",
      "face_alert alert-2026-11-28-th": "b460b567869f9abb",
      "face_search 2026-11-26.2-child-en": "0fcd619ad5c26099",
      "face_search 2026-11-26.2-child-th": "c542d4004559de60",
      "face_search 2026-11-26.2-en": "d664392eee79facf",
      "face_search 2026-11-26.2-th": "a4d20bf5aadf3aae",
      "guardian guardian-2026-11-26-en": "5447d8ea5590148d",
      "guardian guardian-2026-11-26-th": "2576a17b6172d04d",
      "kept_face kept-2026-11-26-en": "4865a56ae1895fc9",
      "kept_face kept-2026-11-26-th": "fafb15120a0b365a",
      "objection objection-2026-11-26-child-en": "4d66099574ffa5a3",
      "objection objection-2026-11-26-child-th": "a6d7f5abc4255c67",
      "objection objection-2026-11-26-en": "c32fd1f133310a31",
      "objection objection-2026-11-26-th": "2dfa99b9d909d1e2",
    }
  `)
})

test('every purpose has its wording in both languages, of the same version', () => {
  for (const { purpose, id, locale } of CONSENT_WORDINGS) {
    const other = locale === 'th' ? 'en' : 'th'
    expect(CONSENT_WORDINGS.map(one => `${one.purpose} ${one.id}`)).toContain(`${purpose} ${id.slice(0, -2)}${other}`)
  }
})
