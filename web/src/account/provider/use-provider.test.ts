import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { apiByHand, type Asked, refusal, settled } from '../../base/browser-testing.ts'
import { forget } from '../../base/storage.ts'
import { linkAtProvider, signInAtProvider, takeErrand } from './use-provider.ts'

let asked: Asked[]
let left: string[]
beforeEach(() => {
  asked = apiByHand()
  left = []
  vi.stubGlobal('location', { assign: (url: string) => left.push(url) })
  forget('pix_at_provider')
})
afterEach(() => vi.unstubAllGlobals())

const PROVIDER = { url: 'https://provider.example/authorize?state=s' }
async function leave(going: Promise<void>) {
  await settled()
  await asked.at(-1)!.answer(PROVIDER)
  await going
}

test('who signs in at the provider goes on where they came from, once', async () => {
  await leave(signInAtProvider('/cart?x=1'))
  expect(left).toEqual([PROVIDER.url])
  expect(takeErrand()).toEqual({ kind: 'sign_in', next: '/cart?x=1' })
  expect(takeErrand()).toEqual({ kind: 'sign_in', next: '' })
})

test('who links an account comes back to the settings, of their studio’s shop where they came from one', async () => {
  await leave(linkAtProvider('a password', 'riverside'))
  expect(asked[0]!.body).toEqual({ password: 'a password' })
  expect(takeErrand()).toEqual({ kind: 'link', from: 'riverside' })
  await leave(linkAtProvider(undefined))
  expect(takeErrand()).toEqual({ kind: 'link', from: undefined })
})

test('without an address of the provider nobody leaves, and an errand from before is not taken for this one', async () => {
  const going = linkAtProvider('wrong').catch((error: unknown) => error)
  await settled()
  await asked[0]!.answer(refusal(403, 'wrong_password'))
  expect(await going).toMatchObject({ code: 'wrong_password' })
  expect([left, takeErrand()]).toEqual([[], { kind: 'sign_in', next: '' }])
})
