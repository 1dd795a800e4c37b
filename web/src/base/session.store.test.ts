import * as auth from '@pix/contracts/auth.ts'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'

const STANDING = { role: 'user', memberships: [], isPhotographer: false, isOrganizer: false }
const ANNA = {
  id: '01999999-0000-7000-8000-000000000001',
  email: 'a@test.example',
  name: 'Anna',
  ...STANDING,
  isPhotographer: true,
}
const signedIn = { accessToken: 'token-1', expiresAt: '2026-11-25T10:00:00Z', user: ANNA }
const expired = { status: 401, body: { code: 'session_expired', status: 401, title: 'ended' } }

/** A `fetch` in place of the api: the answer for each path; `null` is a network error. */
type Answer = { status: number; body: unknown } | null
let answers: Record<string, () => Answer>
let asked: string[]
let stored: Map<string, string>

beforeEach(() => {
  answers = {}
  asked = []
  stored = new Map()
  vi.resetModules()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
    removeItem: (key: string) => stored.delete(key),
  })
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url)
    const answer = answers[url]?.() ?? null
    if (!answer) throw new TypeError('fetch failed')
    return new Response(answer.status === 204 ? null : JSON.stringify(answer.body), { status: answer.status })
  })
  setActivePinia(createPinia())
})

/** A page just loaded: the store and the client have no memory of another one. */
const load = async () => {
  const [{ useSession }, { call }] = await Promise.all([import('./session.store.ts'), import('./api.ts')])
  return { session: useSession(), call }
}

test('a sign-in that ended on the server ends in the store, and no reload asks for it again', async () => {
  const { session, call } = await load()
  answers['/api/auth/login'] = () => ({ status: 200, body: signedIn })
  await session.signIn(ANNA.email, 'x')
  expect(session.user).toEqual(ANNA)

  answers['/api/auth/me'] = () => ({ status: 401, body: { code: 'unauthorized', status: 401 } })
  answers['/api/auth/refresh'] = () => expired
  await expect(call(auth.me, {})).rejects.toMatchObject({ status: 401 })

  expect([session.user, session.may('user')]).toEqual([null, false])
  expect([...stored.keys()]).toEqual([])
})

test('a restore that failed without an answer is tried again; one that was answered is not', async () => {
  stored.set('pix_signed_in', '1')
  const { session } = await load()
  await session.restore()
  expect([session.user, stored.has('pix_signed_in')]).toEqual([null, true])

  answers['/api/auth/refresh'] = () => ({ status: 503, body: { code: 'unavailable', status: 503 } })
  await session.restore()
  expect([session.user, stored.has('pix_signed_in')]).toEqual([null, true])

  answers['/api/auth/refresh'] = () => ({ status: 200, body: signedIn })
  await Promise.all([session.restore(), session.restore()])
  expect(session.user).toEqual(ANNA)
  await session.restore()
  expect(asked).toHaveLength(3)
})

test('a restore that finds the sign-in ended forgets it', async () => {
  stored.set('pix_signed_in', '1')
  const { session } = await load()
  answers['/api/auth/refresh'] = () => expired
  await session.restore()
  await session.restore()
  expect([session.user, stored.has('pix_signed_in'), asked.length]).toEqual([null, false, 1])
})

test('a visitor who never signed in costs no request', async () => {
  const { session } = await load()
  await session.restore()
  expect(asked).toEqual([])
})

test('a sign-out that did not reach the server fails, and the sign-in stays', async () => {
  const { session } = await load()
  answers['/api/auth/login'] = () => ({ status: 200, body: signedIn })
  await session.signIn(ANNA.email, 'x')
  await expect(session.signOut()).rejects.toMatchObject({ code: 'network' })
  expect(session.user).toEqual(ANNA)

  answers['/api/auth/logout'] = () => ({ status: 204, body: null })
  await session.signOut()
  expect([session.user, stored.has('pix_signed_in')]).toEqual([null, false])
})

test('a sign-in made while an old one is being asked for stands, though the old one has ended', async () => {
  stored.set('pix_signed_in', '1')
  const { session } = await load()
  let end!: () => void
  const ended = new Promise<void>(resolve => (end = resolve))
  vi.stubGlobal('fetch', async (url: string) => {
    if (url === '/api/auth/login') return Response.json(signedIn)
    await ended
    return Response.json(expired.body, { status: 401 })
  })
  const restoring = session.restore()
  await session.signIn(ANNA.email, 'x')
  end()
  await restoring
  expect([session.user, stored.has('pix_signed_in')]).toEqual([ANNA, true])
})

test('a renewal shows who is signed in now, also when that is another person than before', async () => {
  const { session, call } = await load()
  const BEN = { ...ANNA, id: '01999999-0000-7000-8000-000000000002', name: 'Ben', role: 'platform_admin' }
  answers['/api/auth/login'] = () => ({ status: 200, body: signedIn })
  await session.signIn(ANNA.email, 'x')
  let first = true
  answers['/api/auth/me'] = () => (first ? ((first = false), expired) : { status: 200, body: BEN })
  answers['/api/auth/refresh'] = () => ({ status: 200, body: { ...signedIn, accessToken: 'token-2', user: BEN } })
  await call(auth.me, {})
  expect([session.user, session.may('platform_admin')]).toEqual([BEN, true])
})

test('a wrong password leaves the store as it was', async () => {
  const { session } = await load()
  answers['/api/auth/login'] = () => ({ status: 401, body: { code: 'invalid_credentials', status: 401 } })
  await expect(session.signIn(ANNA.email, 'wrong')).rejects.toMatchObject({ code: 'invalid_credentials' })
  expect([session.user, stored.size]).toEqual([null, 0])
})
