import { expect, test } from 'vitest'
import { toCsv } from './to-csv.ts'

test('quotes are doubled and a name that looks like a formula stays text', () => {
  expect(
    toCsv([
      ['งาน', 'a"b'],
      ['=HYPERLINK("x")', -5],
    ]),
  ).toBe('\uFEFF"งาน","a""b"\r\n"\'=HYPERLINK(""x"")","-5"\r\n')
})
