import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { apiByHand, type Asked, beginVisit, browserEvents, refusal } from '../../base/browser-testing.ts'

await import('../../shell/words-testing.ts')
const { useSession } = await import('../../base/session.store.ts')
const { useMyData } = await import('./use-my-data.ts')

let asked: Asked[]
beforeEach(async () => {
  setActivePinia(createPinia())
  await beginVisit()
  asked = apiByHand()
  browserEvents()
})
afterEach(() => vi.unstubAllGlobals())

const line = (purpose: string, act: string, standing: boolean, version = '1') => ({
  purpose,
  act,
  standing,
  version,
  eventId: 'run',
})
const SHOWN = { password: 'secret', code: undefined }

/** The page as it is once its three lists have come. */
async function open(lines: object[] = []) {
  const scope = effectScope()
  const page = scope.run(useMyData)!
  for (const one of asked) await one.answer({ lines, items: [] })
  asked.length = 0
  return { ...page, [Symbol.dispose]: () => scope.stop() }
}
const sent = () => asked.map(({ method, path }) => `${method} ${path}`)

test('who deleted their account is signed out here, also where the connection breaks right after', async () => {
  using page = await open()
  useSession().begin({ accessToken: 'token', user: { id: 'me' } as never })
  void page.deleteAccount(SHOWN)
  await asked[0]!.answer()
  await asked[1]!.breaks()
  expect([page.session.user, page.problem.value]).toEqual([null, expect.stringMatching(/\S/)])
})

test('an account that is not deleted, for its password is wrong, stays signed in, and nothing of the visit goes', async () => {
  using page = await open()
  useSession().begin({ accessToken: 'token', user: { id: 'me' } as never })
  const refused = page.deleteAccount(SHOWN).catch((error: unknown) => error)
  await asked[0]!.answer(refusal(422, 'wrong_password'))
  expect(await refused).toMatchObject({ code: 'wrong_password' })
  expect([page.session.user?.id, page.done.value, asked.length]).toEqual(['me', undefined, 1])
})

test('a consent is listed once for each event and wording: the one that stands', async () => {
  using page = await open([
    line('face_search', 'withdrawn', false),
    line('face_search', 'granted', false),
    line('face_search', 'granted', true),
    line('face_search', 'granted', false, '2'),
  ])
  expect(page.consents.value).toEqual([
    line('face_search', 'granted', true),
    line('face_search', 'granted', false, '2'),
  ])
})

test('what was withdrawn is said once the api has taken it, and the lists are asked for anew', async () => {
  using page = await open()
  void page.withdraw(line('face_search', 'granted', true) as never)
  expect([asked[0]!.body, page.done.value]).toEqual([
    { purpose: 'face_search', eventId: 'run', granted: false },
    undefined,
  ])
  await asked[0]!.answer()
  expect(sent().slice(1)).toEqual(['GET /api/me/consents', 'GET /api/me/objections'])
  for (const one of asked.slice(1)) await one.answer({ lines: [], items: [] })
  expect(page.done.value).toBe('withdrawn')
  void page.deleteVisit()
  expect(page.done.value).toBeUndefined()
  await asked.at(-1)!.answer(refusal(503, 'unavailable'))
  expect([page.done.value, page.problem.value]).toEqual([undefined, expect.stringMatching(/\S/)])
})
