import type { Cart } from '@pix/contracts/cart.ts'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { apiByHand, type Asked, beginVisit, refusal, settled } from '../../base/browser-testing.ts'

await import('../../shell/words-testing.ts')
const { useCart } = await import('./cart.store.ts')

let asked: Asked[]
let cart: ReturnType<typeof useCart>
beforeEach(async () => {
  await beginVisit()
  asked = apiByHand()
  setActivePinia(createPinia())
  cart = useCart()
})
afterEach(() => vi.unstubAllGlobals())

/** One cart with these photos. */
const holding = (...photos: string[]) => ({
  items: [
    { id: 'cart', events: [{ items: photos.map(id => ({ id: `item-${id}`, photo: { id } })) }] } as unknown as Cart,
  ],
})
const shown = () => [...cart.itemIds.keys()]
const sent = () => asked.map(({ method, path }) => `${method} ${path}`)

test('a photo that was added while the cart was read stays in it, though the answer is older', async () => {
  const read = cart.load()
  await settled()
  const added = cart.add(['a'])
  await settled()
  await asked[1]!.answer(holding('a'))
  await added
  await asked[0]!.answer(holding())
  expect(shown()).toEqual(['a'])
  await asked[2]!.answer({ ...holding('a'), waiting: 3 })
  await read
  expect([shown(), cart.waiting]).toEqual([['a'], 3])
})

test('the cart is read after a change that is on its way, also after one that fails', async () => {
  const added = cart.add(['a']).catch((error: unknown) => error)
  const read = cart.load()
  await settled()
  expect(sent()).toEqual(['POST /api/cart/items'])
  await asked[0]!.answer(refusal(409, 'cart_full'))
  expect(await added).toMatchObject({ code: 'cart_full' })
  await asked[1]!.answer(holding('b'))
  await read
  expect(shown()).toEqual(['b'])
})

test('a page that looks while the cart is being read waits for that answer, and reads it itself later', async () => {
  const read = cart.load()
  const looked = cart.look()
  await settled()
  await asked[0]!.answer(holding('a'))
  await Promise.all([read, looked])
  expect([sent(), shown()]).toEqual([['GET /api/cart'], ['a']])
  void cart.look()
  await settled()
  expect(sent()).toEqual(['GET /api/cart', 'GET /api/cart'])
})

test('of two choices made quickly the last one is shown, because the second waits for the first', async () => {
  const first = cart.choose('event', 'single')
  const second = cart.choose('event', 'auto')
  await settled()
  expect(asked.map(({ body }) => body)).toEqual([{ eventId: 'event', choice: 'single' }])
  await asked[0]!.answer(holding('single'))
  await first
  await asked[1]!.answer(holding('auto'))
  await second
  expect([asked[1]!.body, shown()]).toEqual([{ eventId: 'event', choice: 'auto' }, ['auto']])
})

test('a photo pressed twice is taken out once, and room that this makes is filled by what waited', async () => {
  const read = cart.load()
  await settled()
  await asked[0]!.answer({ ...holding('a', 'b'), waiting: 1 })
  await read
  void cart.remove(['a'])
  void cart.remove(['a'])
  await settled()
  await asked[1]!.answer(holding('b'))
  expect(sent().slice(1)).toEqual(['DELETE /api/cart/items/item-a', 'GET /api/cart', 'GET /api/cart'])
  await asked[2]!.answer(holding('b', 'c'))
  expect([shown(), cart.waiting]).toEqual([['b', 'c'], 0])
})
