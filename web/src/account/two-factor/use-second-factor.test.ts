import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { apiByHand, type Asked, browserEvents, refusal, settled } from '../../base/browser-testing.ts'

await import('../../shell/words-testing.ts')
const { useSecondFactor } = await import('./use-second-factor.ts')

let asked: Asked[]
beforeEach(() => {
  setActivePinia(createPinia())
  asked = apiByHand()
  browserEvents()
})
afterEach(() => vi.unstubAllGlobals())

const to = (end: string) => asked.findLast(({ path }) => path.endsWith(end))!
const codes = { recoveryCodes: ['AAAA-1111', 'BBBB-2222'] }

async function open() {
  const scope = effectScope()
  const page = scope.run(() => useSecondFactor())!
  await asked[0]!.answer({ enabled: false })
  return { ...page, [Symbol.dispose]: () => scope.stop() }
}

test('recovery codes stay on the page where the account cannot be read again: they are shown this once', async () => {
  using page = await open()
  const confirmed = page.confirm('123456')
  await settled()
  await to('/confirm').answer(codes)
  await to('/auth/me').breaks()
  await confirmed
  expect(page.doing.value).toEqual({ kind: 'keepingCodes', codes: codes.recoveryCodes })
})

test('a wrong code is the form’s to say, and the secret stays on the page', async () => {
  using page = await open()
  const begun = page.begin('a password')
  await settled()
  await asked.at(-1)!.answer({ secret: 'JBSWY3DP', qrImage: 'data:' })
  await begun
  const refused = page.confirm('000000').catch((error: unknown) => error)
  await settled()
  await to('/confirm').answer(refusal(422, 'wrong_code'))
  expect(await refused).toMatchObject({ code: 'wrong_code' })
  expect(page.doing.value.kind).toBe('settingUp')
})

test('codes that were put away are not shown again', async () => {
  using page = await open()
  const renewed = page.renewCodes('123456')
  await settled()
  await asked.at(-1)!.answer(codes)
  await renewed
  const looked = page.look()
  await settled()
  await asked.at(-1)!.answer({ enabled: true })
  await looked
  expect([page.doing.value, page.state.value.status]).toEqual([{ kind: 'looking' }, 'loaded'])
})
