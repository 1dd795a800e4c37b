import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useSession } from '../base/session.store.ts'
import { ENROL, redirectOf } from './redirect-of.ts'

beforeEach(() => {
  const nothing = { getItem: () => null, setItem: () => undefined, removeItem: () => undefined }
  vi.stubGlobal('localStorage', nothing)
  setActivePinia(createPinia())
})
afterEach(() => vi.unstubAllGlobals())

const standing = { role: 'user' as const, memberships: [], isPhotographer: true, isOrganizer: false }
const signIn = (secondFactorDueAt: string | null) =>
  useSession().changed({
    id: '01999999-0000-7000-8000-000000000001',
    email: 'a@test.example',
    name: 'Anna',
    hasPassword: true,
    emailVerified: true,
    secondFactorDueAt,
    lostFactorWaitsUntil: null,
    ...standing,
  })
const open = (path: string, needs?: 'user' | 'photographer' | 'manager') =>
  redirectOf({ path, fullPath: `${path}?a=1`, meta: needs ? { needs } : {} })

const back = (path: string) => ({ path: '/login', query: { next: `${path}?a=1` } })

test('a page that needs a standing sends who lacks it to the sign-in, which leads back', async () => {
  expect(await open('/photographer', 'photographer')).toEqual(back('/photographer'))
  signIn(null)
  expect(await open('/photographer', 'photographer')).toBe(true)
  expect(await open('/admin/events', 'manager')).toEqual(back('/admin/events'))
})

test('within the days of grace every page opens; after them only the one that turns the second factor on, and what needs no sign-in', async () => {
  signIn(new Date(Date.now() + 60_000).toISOString())
  expect(await open('/photographer', 'photographer')).toBe(true)
  signIn(new Date(Date.now() - 60_000).toISOString())
  expect(await open('/photographer', 'photographer')).toBe(ENROL)
  expect(await open('/account', 'user')).toBe(ENROL)
  expect(await open(ENROL, 'user')).toBe(true)
  expect(await open('/')).toBe(true)
})
