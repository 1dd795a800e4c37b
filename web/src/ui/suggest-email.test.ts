import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { suggestEmail } from './suggest-email.ts'

test.each([
  ['mint@gmial.com', 'mint@gmail.com'],
  ['mint@gmail.con', 'mint@gmail.com'],
  ['mint@gmai.com', 'mint@gmail.com'],
  ['mint@gmaill.com', 'mint@gmail.com'],
  ['mint@gmial.con', 'mint@gmail.com'],
  ['mint@hotmial.com', 'mint@hotmail.com'],
  ['mint@yaho.com', 'mint@yahoo.com'],
  ['mint@company.con', 'mint@company.com'],
])('%s is asked about: %s', (given, suggested) => expect(suggestEmail(given)).toBe(suggested))

test.each([
  'mint@gmail.com',
  'mint@mail.com',
  'mint@hotmail.co.th',
  'mint@company.co.th',
  'mint@xn--o3cw4h.xn--o3cw4h',
])('%s is left alone', given => expect(suggestEmail(given)).toBeNull())

test('every field in which somebody types an address asks about a slip', () => {
  const src = fileURLToPath(new URL('../', import.meta.url))
  const fields = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.vue'))
    .filter(file => readFileSync(src + file, 'utf8').includes('type="email"'))
  // There an address is shown to password managers, and nobody types one.
  expect(fields).toContain('account/profile/PasswordPage.vue')
  const silent = fields.filter(file => !readFileSync(src + file, 'utf8').includes('<EmailSuggestion'))
  expect(silent).toEqual(['account/profile/PasswordPage.vue'])
})
