import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { accountEmail, cleanEmail, Email } from './email.ts'

test.each([
  ['user@example.com', 'user@example.com'],
  ['user@xn--o3cw4h.xn--o3cw4h', 'user@xn--o3cw4h.xn--o3cw4h'],
  ['somchai@ไทย.ไทย', 'somchai@xn--o3cw4h.xn--o3cw4h'],
  ['a..b@docomo.ne.jp', 'a..b@docomo.ne.jp'],
  ['.a.@docomo.ne.jp', '.a.@docomo.ne.jp'],
  ['user@example.com\u200E', 'user@example.com'],
  ['\uFEFF us\u200Ber@exam\u00ADple.com\u202C ', 'user@example.com'],
  ['ｕｓｅｒ＠ｅｘａｍｐｌｅ．ｃｏｍ', 'user@example.com'],
  ['User.Name+tag@EXAMPLE.Co.TH', 'User.Name+tag@example.co.th'],
  ["o'neil@bücher.example", "o'neil@xn--bcher-kva.example"],
])('%j can be mailed and is kept as %j', (given, kept) => {
  expect(cleanEmail(given)).toBe(kept)
  expect(Email.safeParse(given).success).toBe(true)
  expect(cleanEmail(kept)).toBe(kept)
})

test.each(['', 'user', '@example.com', 'user@', 'user@localhost', 'user@1.2.3.4', 'user@[::1]', 'a b@example.com'])(
  '%j cannot be mailed',
  given => expect(Email.safeParse(given).success).toBe(false),
)

test.each([
  'user@exa mple.com',
  'user@example.com/x',
  'user@example.com:25',
  'user@-a.com',
  'a@b@c.com',
  'ผู้ใช้@example.com',
])('%j cannot be mailed either', given => expect(cleanEmail(given)).toBeNull())

test('what is too long for mail is refused', () => {
  expect(cleanEmail(`${'a'.repeat(65)}@example.com`)).toBeNull()
  expect(cleanEmail(`a@${'b.'.repeat(130)}com`)).toBeNull()
})

test('an account is found however its address is typed', () => {
  const typed = ['Somchai@ไทย.ไทย', 'SOMCHAI@XN--O3CW4H.xn--o3cw4h', ' somchai@ไทย.ไทย\u200B']
  for (const text of typed) expect(accountEmail(text)).toBe('somchai@xn--o3cw4h.xn--o3cw4h')
})

test('no contract has a rule of its own for addresses', () => {
  const folder = new URL('./', import.meta.url)
  const own = readdirSync(folder)
    .filter(name => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .filter(name => /\bz\s*\.email\(|\.email\(\)/.test(readFileSync(new URL(name, folder), 'utf8')))
  expect(own).toEqual([])
})
