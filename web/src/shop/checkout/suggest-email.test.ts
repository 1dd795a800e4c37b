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
