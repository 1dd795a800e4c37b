import type { Cart, CartEvent } from '@pix/contracts/cart.ts'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'

// Node has no storage; the language is read from what the browser keeps there.
vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
await import('../../shell/words-testing.ts')
const { useCartPage } = await import('./use-cart-page.ts')
const { closeToast, currentToast } = await import('../../ui/toast.ts')

const thb = (amount: number) => ({ amount, currency: 'THB' as const })
const single = (id: string) => ({
  id: `${id}-single`,
  kind: 'single' as const,
  name: { th: id, en: id },
  photoCount: 1,
  price: thb(6_000),
})

function partOf(id: string, isPriced: boolean): CartEvent {
  const shown = { width: 3, height: 2, takenAt: null, placeholder: null, averageColor: null }
  const offer = { lines: [{ package: single(id), quantity: 1, photos: 1, amount: thb(6_000) }], total: thb(6_000) }
  const chosen = { ...offer, photos: 1 }
  return {
    event: { id, slug: id, name: { th: id, en: id } },
    items: [{ id: `${id}-item`, available: true, photo: { id: `${id}-photo`, eventId: id, ...shown } }],
    choice: 'auto',
    quote: isPriced
      ? {
          chosen,
          cheapest: chosen,
          singly: null,
          unlimited: null,
          ways: [{ packageId: `${id}-single`, offer: chosen }],
          freeMore: 0,
        }
      : null,
  }
}

/** A `fetch` in place of the api: the cart; `null` is a network error. */
let cart: Cart | null
let asked: string[]
beforeEach(() => {
  cart = {
    id: 'c',
    studio: { id: 's', slug: 's', name: { th: 's', en: 's' } },
    vat: 'none',
    events: [partOf('run', true), partOf('fair', true), partOf('gone', false)],
    coupon: null,
    total: thb(12_000),
  }
  asked = []
  closeToast()
  setActivePinia(createPinia())
  vi.stubGlobal('addEventListener', () => undefined)
  vi.stubGlobal('removeEventListener', () => undefined)
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path)
    if (cart === null) throw new TypeError('fetch failed')
    return Response.json({ items: cart.events.length === 0 ? [] : [cart] })
  })
})
afterEach(() => vi.unstubAllGlobals())

async function page() {
  const shown = effectScope().run(useCartPage)!
  await expect.poll(() => shown.state.value.status).not.toBe('loading')
  return shown
}
const partsOf = ({ carts }: Awaited<ReturnType<typeof page>>) => carts.value.flatMap(({ parts }) => parts)
const waysOf = (shown: Awaited<ReturnType<typeof page>>) =>
  partsOf(shown).map(({ ways }) => ways.map(({ choice }) => choice))

test('the page asks for the carts and for nothing else', async () => {
  const shown = await page()
  expect(waysOf(shown)).toEqual([['auto', 'run-single'], ['auto', 'fair-single'], []])
  expect(asked).toEqual(['/api/cart'])
})

test('photos that come back from an order have their choice of packages, and a cart that is not answered is said', async () => {
  const full = cart!
  cart = { ...full, events: [], total: thb(0) }
  const shown = await page()
  cart = full
  await shown.reload()
  expect(waysOf(shown)).toEqual([['auto', 'run-single'], ['auto', 'fair-single'], []])
  cart = null
  expect(currentToast.value).toBe(null)
  await shown.reload()
  expect(currentToast.value).toMatchObject({ text: expect.stringMatching(/./) })
  expect(partsOf(shown)).toHaveLength(3)
})

test('emptying the cart can be taken back: what can still be bought comes in again, with its choice of package', async () => {
  const full = cart!
  full.events[0]!.choice = 'run-single'
  full.events[1]!.items[0]!.available = false
  const sent: [string, unknown][] = []
  vi.stubGlobal('fetch', async (path: string, { body }: { body?: string } = {}) => {
    if (path !== '/api/cart') sent.push([path, body && JSON.parse(body)])
    return Response.json({ items: path === '/api/cart/clear' ? [] : [full] })
  })
  const shown = await page()
  await shown.clear()
  expect([shown.carts.value, sent]).toEqual([[], [['/api/cart/clear', undefined]]])
  currentToast.value!.action!.run()
  await expect.poll(() => sent).toHaveLength(3)
  expect(sent.slice(1)).toEqual([
    ['/api/cart/items', { photoIds: ['run-photo', 'gone-photo'] }],
    ['/api/cart/package', { eventId: 'run', choice: 'run-single' }],
  ])
  await expect.poll(() => shown.carts.value).toHaveLength(1)
})
