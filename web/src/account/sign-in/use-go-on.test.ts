import { createPinia, type Pinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { mount } from '../../base/browser-testing.ts'

await import('../../shell/words-testing.ts')
const { useSession } = await import('../../base/session.store.ts')
const { ownPath, useGoOn } = await import('./use-go-on.ts')

let pinia: Pinia
beforeEach(() => {
  pinia = createPinia()
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined, removeItem: () => undefined })
})
afterEach(() => vi.unstubAllGlobals())

test.each([
  ['/cart', '/cart'],
  ['/orders/open?x=1#a', '/orders/open?x=1#a'],
  ['//evil.example', undefined],
  ['/\\evil.example', undefined],
  ['https://evil.example', undefined],
  ['javascript:alert(1)', undefined],
  ['', undefined],
  [['/cart', '/'], undefined],
  [undefined, undefined],
])('of %j the way on after a sign-in is %j', (asked, path) => {
  expect(ownPath(asked)).toBe(path)
})

const page = { render: () => null }
/** Somebody who has signed in and goes on. @returns where they are then */
async function goOn(user: object, next: string | undefined): Promise<string> {
  const routes = [
    { path: '/:rest(.*)*', component: page },
    { path: '/admin', component: page, meta: { needs: 'manager' as const } },
    { path: '/photographer', component: page, meta: { needs: 'photographer' as const } },
  ]
  const router = createRouter({ history: createMemoryHistory(), routes })
  using used = mount(
    () => {
      useSession().changed({
        role: 'user',
        memberships: [],
        isPhotographer: false,
        isOrganizer: false,
        ...user,
      } as never)
      return { on: useGoOn() }
    },
    pinia,
    router,
  )
  await used.on(next)
  return router.currentRoute.value.path
}

test.each([
  ['a customer who asked for a page', {}, '/favourites', '/favourites'],
  ['a customer who asked for a page of the staff', {}, '/admin', '/'],
  ['a photographer who asked for none', { isPhotographer: true }, undefined, '/photographer'],
  ['a photographer who asked for a page of the staff', { isPhotographer: true }, '/admin', '/photographer'],
  ['a platform admin who asked for it', { role: 'platform_admin' }, '/admin', '/admin'],
])('%s goes on to the page that they may see', async (_, user, next, expected) => {
  expect(await goOn(user, next)).toBe(expected)
})
