import * as contract from '@pix/contracts/cart.ts'
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { call } from '../../base/api.ts'

/** The session's carts, one for each studio, as the api last answered them; null until they were asked for. */
export const useCart = defineStore('cart', () => {
  const carts = shallowRef<contract.Cart[] | null>(null)
  /** Where the originals go; kept while the person moves between pages, never stored. */
  const email = shallowRef('')
  /** Where the photos were chosen, to change the choice. */
  const editPath = shallowRef<string | null>(null)
  const items = computed(() => carts.value?.flatMap(cart => cart.events.flatMap(part => part.items)) ?? [])
  const count = computed(() => items.value.length)
  /** Photos from before a sign-in that wait for room in the cart. */
  const waiting = shallowRef(0)
  const itemIds = computed(() => new Map(items.value.map(item => [item.photo.id, item.id])))

  async function load(): Promise<contract.Cart[]> {
    const answer = await call(contract.getCart, {})
    waiting.value = answer.waiting ?? 0
    return (carts.value = answer.items)
  }

  async function add(photoIds: string[]): Promise<void> {
    carts.value = (await call(contract.addToCart, { body: { photoIds } })).items
  }

  /** Takes photos out; those that are not in the cart are passed over. */
  async function remove(photoIds: readonly string[]): Promise<void> {
    for (const photoId of photoIds) {
      const id = itemIds.value.get(photoId)
      if (id) carts.value = (await call(contract.removeFromCart, { params: { id } })).items
    }
    if (waiting.value > 0) await load()
  }

  async function choose(eventId: string, choice: string): Promise<void> {
    carts.value = (await call(contract.choosePackage, { body: { eventId, choice } })).items
  }

  /** `null` takes the coupon out. */
  async function enterCoupon(cartId: string, code: string | null): Promise<void> {
    carts.value = (await call(contract.enterCoupon, { body: { cartId, code } })).items
  }

  return { carts, waiting, email, editPath, count, itemIds, load, add, remove, choose, enterCoupon }
})
