import * as contract from '@pix/contracts/cart.ts'
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { call } from '../../base/api.ts'

/** The session's cart as the api last answered it; null until it was asked for. */
export const useCart = defineStore('cart', () => {
  const cart = shallowRef<contract.Cart | null>(null)
  /** Where the originals go; kept while the person moves between pages, never stored. */
  const email = shallowRef('')
  /** Where the photos were chosen, to change the choice. */
  const editPath = shallowRef<string | null>(null)
  const count = computed(() => cart.value?.items.length ?? 0)
  const itemIds = computed(() => new Map(cart.value?.items.map(item => [item.photo.id, item.id])))

  async function load(): Promise<contract.Cart> {
    return (cart.value = await call(contract.getCart, {}))
  }

  async function add(photoIds: string[], replaceOtherEvent = false): Promise<void> {
    cart.value = await call(contract.addToCart, { body: { photoIds, replaceOtherEvent } })
  }

  /** Takes photos out; those that are not in the cart are passed over. */
  async function remove(photoIds: readonly string[]): Promise<void> {
    for (const photoId of photoIds) {
      const id = itemIds.value.get(photoId)
      if (id) cart.value = await call(contract.removeFromCart, { params: { id } })
    }
  }

  async function choose(choice: string): Promise<void> {
    cart.value = await call(contract.choosePackage, { body: { choice } })
  }

  return { cart, email, editPath, count, itemIds, load, add, remove, choose }
})
