import type { ServiceKey } from '@pix/contracts/service-keys.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { apiByHand, type Asked, beginVisit, browserEvents, refusal, settled } from '../../base/browser-testing.ts'

await import('../../shell/words-testing.ts')
const { stateOf, useKeys } = await import('./use-keys.ts')

let asked: Asked[]
beforeEach(async () => {
  await beginVisit()
  asked = apiByHand()
  browserEvents()
})
afterEach(() => vi.unstubAllGlobals())

const keys = (...ids: string[]) => ({ items: ids.map(id => ({ id })), nextCursor: null })
const WANTED = { name: 'lab', scopes: ['photos:upload' as const], days: 90, password: 'a password' }

async function open(studioId: string | null = 'studio') {
  const scope = effectScope()
  const page = scope.run(() => useKeys(studioId))!
  await asked[0]!.answer(keys('old'))
  const shown = () => {
    const state = page.keys.state.value
    return state.status === 'loaded' ? state.value.items.map(({ id }) => id) : state.status
  }
  return { ...page, shown, [Symbol.dispose]: () => scope.stop() }
}

test('the platform’s keys name no studio, a studio’s name it', async () => {
  using platform = await open(null)
  expect([platform.shown(), asked[0]!.query]).toEqual([['old'], { limit: '50' }])
  asked.length = 0
  using studio = await open()
  expect([studio.shown(), asked[0]!.query]).toEqual([['old'], { studio: 'studio', limit: '50' }])
})

test('a key that was made is shown, this once, also when the list cannot be read again', async () => {
  using page = await open()
  const made = page.make(WANTED)
  await settled()
  expect(asked[1]!.body).toEqual({ studioId: 'studio', ...WANTED })
  await asked[1]!.answer({ name: 'lab', key: 'secret' })
  await asked[2]!.answer(refusal(503, 'unavailable'))
  await made
  expect([page.made.value, page.shown()]).toEqual([{ name: 'lab', key: 'secret' }, 'failed'])
})

test('a key that is refused shows nothing as made', async () => {
  using page = await open()
  const made = page.make(WANTED).catch((error: unknown) => error)
  await settled()
  await asked[1]!.answer(refusal(403, 'wrong_password'))
  expect(await made).toMatchObject({ code: 'wrong_password' })
  expect([page.made.value, page.shown(), asked.length]).toEqual([undefined, ['old'], 2])
})

test('a key is revoked once however often it is pressed, and a failure is said beside the list as it was', async () => {
  using page = await open()
  const revoked = page.revoke({ id: 'old' } as ServiceKey)
  void page.revoke({ id: 'old' } as ServiceKey)
  await settled()
  await asked[1]!.answer(refusal(503, 'unavailable'))
  await revoked
  expect([asked.length, page.shown(), page.problem.value]).toEqual([2, ['old'], expect.stringMatching(/\S/)])
})

test('a key is good until the instant at which it ends, and a revoked one never', () => {
  const now = Date.parse('2026-11-26T10:00:00Z')
  const key = { revokedAt: null, expiresAt: '2026-11-26T10:00:00Z' } as ServiceKey
  expect(stateOf(key, now - 1)).toBe('good')
  expect(stateOf(key, now)).toBe('expired')
  expect(stateOf({ ...key, revokedAt: '2026-11-25T10:00:00Z' }, now - 1)).toBe('revoked')
})
