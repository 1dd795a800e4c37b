import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { apiByHand, type Asked, beginVisit, browserEvents, refusal, settled } from '../../base/browser-testing.ts'

await import('../../shell/words-testing.ts')
const { useSession } = await import('../../base/session.store.ts')
const { useSetup } = await import('./use-setup.ts')

let asked: Asked[]
let page: ReturnType<typeof browserEvents>
beforeEach(async () => {
  await beginVisit()
  asked = apiByHand()
  page = browserEvents()
  setActivePinia(createPinia())
})
afterEach(() => vi.unstubAllGlobals())

const ADMIN = { name: ' Mary ', email: 'mary@example.com', password: 'a long password' }

function open() {
  const scope = effectScope()
  const setup = scope.run(() => useSetup('token'))!
  return { ...setup, [Symbol.dispose]: () => scope.stop() }
}
async function openForm() {
  const setup = open()
  await asked[0]!.answer()
  return setup
}

test.each([
  ['setup_link_invalid', 422, 'invalid'],
  ['not_found', 404, 'over'],
])('a link that is refused with %s is none to try again', async (code, status, value) => {
  using setup = open()
  await asked[0]!.answer(refusal(status, code))
  expect(setup.state.value).toEqual({ status: 'loaded', value })
})

test('a link that could not be checked is checked when the net is back', async () => {
  using setup = open()
  await asked[0]!.breaks()
  expect(setup.state.value).toMatchObject({ status: 'failed', message: expect.stringMatching(/\S/) })
  await page.goOnline()
  await asked[1]!.answer()
  expect(setup.state.value).toEqual({ status: 'loaded', value: 'open' })
})

test('the first admin is made once, and signed in', async () => {
  using setup = await openForm()
  const made = setup.make(ADMIN)
  expect(await setup.make(ADMIN)).toBeUndefined()
  await settled()
  expect(asked[1]!.body).toEqual({ token: 'token', ...ADMIN, name: 'Mary' })
  await asked[1]!.answer()
  await asked[2]!.answer({ accessToken: 'access', user: { id: 'mary' } })
  expect([await made, useSession().user?.id, asked.length]).toEqual(['/admin/settings?first=1', 'mary', 3])
})

test('an admin who exists and could not be signed in does that on the page for it, and is not made again', async () => {
  using setup = await openForm()
  const made = setup.make(ADMIN)
  await settled()
  await asked[1]!.answer()
  await asked[2]!.answer(refusal(503, 'unavailable'))
  expect(await made).toBe('/login?next=%2Fadmin%2Fsettings%3Ffirst%3D1')
})

test('a weak password is said as such, another failure as one that passes; the form stays', async () => {
  using setup = await openForm()
  const weak = setup.make(ADMIN)
  await settled()
  await asked[1]!.answer(refusal(422, 'password_common'))
  expect([await weak, setup.saving.value.status, setup.state.value]).toEqual([
    undefined,
    'weak',
    { status: 'loaded', value: 'open' },
  ])
  const failed = setup.make(ADMIN)
  await settled()
  await asked[2]!.answer(refusal(503, 'unavailable'))
  expect([await failed, setup.saving.value.status]).toEqual([undefined, 'failed'])
})

test('somebody who set it up meanwhile ends the setup', async () => {
  using setup = await openForm()
  const made = setup.make(ADMIN)
  await settled()
  await asked[1]!.answer(refusal(404, 'not_found'))
  expect([await made, setup.state.value]).toEqual([undefined, { status: 'loaded', value: 'over' }])
})
