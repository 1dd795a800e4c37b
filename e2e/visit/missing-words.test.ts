import { expect, test } from 'vitest'
import { missingWords } from './faults-of.ts'

test('the name of a sentence and an open place are found', () => {
  expect(missingWords('ชื่อ cart.emailHint และ {count} รูป')).toEqual(['cart.emailHint', '{count}'])
})

test('hosts, files, addresses and plain sentences are none', () => {
  expect(missingWords('mint@example.com wrote. www.example.co.th, riverside-0101.jpg; ฿1.5 e.g. marathon')).toEqual([])
})
