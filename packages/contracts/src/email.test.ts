import { expect, test } from 'vitest'
import { cleanEmail, Email } from './email.ts'

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
