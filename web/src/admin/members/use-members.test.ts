import { createPinia, setActivePinia } from 'pinia'
import type { StudioRole } from '@pix/domain/words.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { apiByHand, type Asked, beginVisit, browserEvents, refusal, settled } from '../../base/browser-testing.ts'

await import('../../shell/words-testing.ts')
const { useSession } = await import('../../base/session.store.ts')
const { useMembers } = await import('./use-members.ts')

let asked: Asked[]
beforeEach(async () => {
  await beginVisit()
  asked = apiByHand()
  browserEvents()
  setActivePinia(createPinia())
})
afterEach(() => vi.unstubAllGlobals())

const user = (...roles: StudioRole[]) => ({
  id: 'me',
  role: 'user',
  memberships: roles.map(role => ({ studio: { id: 'studio' }, role })),
})
const rows = (...names: string[]) => ({ items: names.map(userId => ({ userId })), nextCursor: null })
const me = { userId: 'me' } as never
const nok = { userId: 'nok' } as never
const sent = () => asked.map(({ method, path }) => `${method} ${path.replace(/^\/api|\?.*/g, '')}`)
const last = () => asked.at(-1)!

/** The page of a studio whose owner is signed in. */
async function open() {
  useSession().changed(user('owner') as never)
  const scope = effectScope()
  const page = scope.run(() => useMembers({ id: 'studio', role: 'owner' } as never))!
  await asked[0]!.answer(rows('me', 'nok'))
  await asked[1]!.answer(rows())
  const shown = () => {
    const state = page.members.state.value
    return state.status === 'loaded' ? state.value.items.map(({ userId }) => userId) : state.status
  }
  asked.length = 0
  return { ...page, shown, [Symbol.dispose]: () => scope.stop() }
}

test('an owner who gives ownership up can give no roles from then on, and the console’s studios are read again', async () => {
  using page = await open()
  expect(page.mayChange.value).toBe(true)
  const changed = page.change(me, 'sales')
  await settled()
  await last().answer({ userId: 'me', role: 'sales' })
  await last().answer({ accessToken: 'token', user: user('sales') })
  await last().answer({ items: [] })
  await last().answer(rows('me', 'nok'))
  await changed
  expect(sent()).toEqual([
    'PUT /studios/studio/members/me',
    'POST /auth/refresh',
    'GET /studios',
    'GET /studios/studio/members',
  ])
  expect([page.mayChange.value, page.mayGive.value]).toEqual([false, []])
})

test('who leaves the studio reads no list of it any more', async () => {
  using page = await open()
  const left = page.remove(me)
  await settled()
  await last().answer()
  await last().answer({ accessToken: 'token', user: user() })
  await last().answer({ items: [] })
  await left
  expect(sent()).toEqual(['DELETE /me/studios/studio', 'POST /auth/refresh', 'GET /studios'])
})

test('who is removed stays on the screen until the list without them is there', async () => {
  using page = await open()
  const removed = page.remove(nok)
  await settled()
  await last().answer()
  expect([page.shown(), page.busy.value]).toEqual([['me', 'nok'], true])
  const [members, invitations] = asked.slice(1)
  await members!.answer(rows('me'))
  await invitations!.answer(rows())
  await removed
  expect([page.shown(), page.busy.value]).toEqual([['me'], false])
})

test('the last owner cannot be removed: that is said, and a second press sends nothing more', async () => {
  using page = await open()
  const refused = page.remove(nok)
  void page.remove(nok)
  await settled()
  await last().answer(refusal(409, 'last_owner'))
  await refused
  expect([page.problem.value, page.shown(), asked.length]).toEqual([expect.stringMatching(/\S/), ['me', 'nok'], 1])
})

test('an invitation that the api refuses is a failure of its form', async () => {
  using page = await open()
  const invited = page.invite('nok@example.com', 'sales').catch((error: unknown) => error)
  await settled()
  expect(last().body).toEqual({ email: 'nok@example.com', role: 'sales', locale: 'th' })
  await last().answer(refusal(409, 'already_member'))
  expect(await invited).toMatchObject({ code: 'already_member' })
  expect(page.problem.value).toBeUndefined()
})
