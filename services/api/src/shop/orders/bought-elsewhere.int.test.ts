import type { Carts } from '@pix/contracts/cart.ts'
import type { Order } from '@pix/contracts/orders.ts'
import { cartItems, carts } from '@pix/db/schema/cart.ts'
import { entitlements } from '@pix/db/schema/entitlements.ts'
import { packages } from '@pix/db/schema/pricing.ts'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { shopWithCart } from './order-testing.ts'

test.each([0, 6_000])(
  'what an account bought on one device cannot be ordered on another, for %i satang neither; the other photos can',
  async price => {
    await using t = await shopWithCart(1, { price: 0 })
    const account = await t.user('customer', { email: 'verified@shop.test', emailVerifiedAt: t.deps.now() })
    const devices = [await t.visitor(account), await t.visitor(account)] as const
    const fresh = await t.photo(t.eventId, t.photographerId)
    const add = (photoIds: string[], who: (typeof devices)[number]) =>
      t.post('/api/cart/items', { photoIds }, undefined, who)
    const order = (total: number, who: (typeof devices)[number]) => {
      const expectedTotal = { amount: total, currency: 'THB' }
      return t.post('/api/orders', { email: 'other@b.example', locale: 'th', expectedTotal }, undefined, who)
    }
    const [bought] = t.photoIds
    await add([bought!], devices[0])
    expect((await order(0, devices[0])).json().status).toBe('fulfilled')
    await t.db.update(packages).set({ price })

    expect((await add([bought!], devices[1])).json().code).toBe('photo_not_for_sale')
    await add([fresh.id], devices[1])
    const [cart] = await t.db.select().from(carts).where(eq(carts.userId, account.id))
    const late = { cartId: cart!.id, photoId: bought!, eventId: t.eventId, studioId: cart!.studioId }
    await t.db.insert(cartItems).values({ id: t.deps.newId(), ...late })
    const seen = (await t.get('/api/cart', devices[1])).json<Carts>().items[0]!
    expect(seen.events[0]!.items.map(({ photo, available }) => [photo.id, available])).toEqual([
      [fresh.id, true],
      [bought, false],
    ])
    const placed = (await order(price, devices[1])).json<Order>()
    expect(placed.events[0]!.photos.map(({ id }) => id)).toEqual([fresh.id])
    expect(await t.db.$count(entitlements, eq(entitlements.photoId, bought!))).toBe(1)
  },
)
