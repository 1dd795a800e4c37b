import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { NotAnObject, readMembers } from './json-members.ts'

const members = (text: string) => Object.fromEntries(readMembers(Buffer.from(text)))

test('each member’s value is given as it stands, spaces inside it included', () => {
  expect(members('{ "data" : { "a" : [1, {"b":"}"}] , "ก":"\\"" } ,"n":-1.50e+2 , "s":"x, \\\\" ,"t":true}')).toEqual({
    data: '{ "a" : [1, {"b":"}"}] , "ก":"\\"" }',
    n: '-1.50e+2',
    s: '"x, \\\\"',
    t: 'true',
  })
  expect(members(' {} ')).toEqual({})
})

test('any object is taken apart into texts that parse to its members', () => {
  const anyObject = fc.dictionary(fc.string(), fc.jsonValue())
  fc.assert(
    fc.property(anyObject, fc.constantFrom(undefined, 1, '\t'), (object, indent) => {
      const found = readMembers(Buffer.from(JSON.stringify(object, null, indent)))
      const parsed = [...found].map(([name, text]) => [name, JSON.parse(text) as unknown])
      expect(parsed).toEqual(Object.entries(JSON.parse(JSON.stringify(object)) as object))
    }),
  )
})

test.each([
  ['a name twice', '{"data":1,"data":2}'],
  ['a name twice, once escaped', '{"data":1,"d\\u0061ta":2}'],
  ['an array', '[]'],
  ['null', 'null'],
  ['nothing', ''],
  ['an object cut off', '{"data":{"a":1}'],
  ['a byte order mark', '\uFEFF{}'],
  ['two objects', '{}{}'],
])('%s is refused', (_, text) => {
  expect(() => members(text)).toThrow(NotAnObject)
})

test('invalid UTF-8 is refused', () => {
  expect(() => readMembers(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))).toThrow(NotAnObject)
})
