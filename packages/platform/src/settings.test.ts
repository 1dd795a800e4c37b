import { expect, test } from 'vitest'
import { z } from 'zod'
import { refusePlainOrigin, refuseWeakSecrets } from './settings.ts'

const Settings = z
  .object({ MODE: z.string(), PUBLIC_ORIGIN: z.string(), KEY: z.union([z.string(), z.array(z.string())]) })
  .superRefine(refusePlainOrigin)
  .superRefine(refuseWeakSecrets('KEY'))

const GOOD = '9b4f1c7e2a8d4406b0d35f6a1e7c9823'
const refused = (given: { MODE?: string; PUBLIC_ORIGIN?: string; KEY?: string | string[] }) => {
  const parsed = Settings.safeParse({ MODE: 'production', PUBLIC_ORIGIN: 'https://shop.example', KEY: GOOD, ...given })
  return parsed.success ? [] : parsed.error.issues.map(({ path }) => path.join('.'))
}

test.each([
  ['short', 'q7!kZ2'],
  ['one letter', 'x'.repeat(40)],
  ['few letters', 'abababababcdcdcdcdcdabababab'],
  ['a piece repeated', 'kY8#pQ2m'.repeat(5)],
  ['an example', 'change-me-please-0123456789abcdefgh'],
  ['a word that is guessed', 'my-Secret-key-of-the-shop-2026-11-25'],
  ['a development default', 'dev-4f1c7e2a8d4406b0d35f6a1e7c9823'],
  ['one of several', [GOOD, 'password-password-password-1234']],
])('in production a weak secret is refused: %s', (_, KEY) => {
  expect(refused({ KEY })).toEqual(['KEY'])
  expect(refused({ KEY, MODE: 'development' })).toEqual([])
})

test('in production the origin is https; made secrets pass', () => {
  expect(refused({})).toEqual([])
  expect(refused({ KEY: 'Zk3vQ0r8S1u+Yt6wXb9cNa/4hLmPdGfJ' })).toEqual([])
  expect(refused({ PUBLIC_ORIGIN: 'http://shop.example' })).toEqual(['PUBLIC_ORIGIN'])
  expect(refused({ PUBLIC_ORIGIN: 'http://shop.example', MODE: 'development' })).toEqual([])
})
