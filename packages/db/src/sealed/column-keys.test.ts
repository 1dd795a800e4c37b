import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { parseColumnKeys, weaknessOfColumnKeys } from './column-keys.ts'

const key = () => randomBytes(32).toString('base64')

const refusal = (text: string) => {
  try {
    return `taken: ${parseColumnKeys(text).present}`
  } catch (error) {
    return (error as Error).message
  }
}

test('the first key is the present one, and every key is known by its id', () => {
  const keys = parseColumnKeys(`2026b:${key()}, 2026a:${key()}`)
  expect(keys.present).toBe('2026b')
  expect([...keys.byId.keys()]).toEqual(['2026b', '2026a'])
  expect(weaknessOfColumnKeys(keys)).toBeNull()
})

test('faults of the setting are named without a key in the message', () => {
  const secret = key()
  for (const [text, fault] of [
    ['', 'key 1 must be written as id:base64'],
    [secret, 'key 1 must be written as id:base64'],
    [`a:${secret},`, 'key 2 must be written as id:base64'],
    [`A!:${secret}`, 'key 1 must be written as id:base64'],
    [`a:${secret}:b`, 'key 1 must be written as id:base64'],
    [`a:${secret.slice(4)}`, 'key "a" must be 32 bytes in base64'],
    [`a:${secret},a:${key()}`, 'key "a" stands there twice'],
  ] as const) {
    expect(refusal(text)).toBe(fault)
    expect(refusal(text)).not.toContain(secret)
  }
})

test('development keys and keys that repeat themselves will not do in production', () => {
  const same = Buffer.alloc(32, 7).toString('base64')
  expect(weaknessOfColumnKeys(parseColumnKeys(`dev-1:${key()}`))).toContain('"dev-1" is a development key')
  expect(weaknessOfColumnKeys(parseColumnKeys(`b:${key()},a:${same}`))).toContain('"a" repeats itself')
})

test('printing keys shows no key', () => {
  const secret = key()
  const keys = parseColumnKeys(`a:${secret}`)
  expect(JSON.stringify({ keys, byId: [...keys.byId] })).not.toContain(secret)
})
