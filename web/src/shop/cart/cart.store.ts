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
  const items = computed(() => cart.value?.events.flatMap(part => part.items) ?? [])
  const count = computed(() => items.value.length)
  const itemIds = computed(() => new Map(items.value.map(item => [item.photo.id, item.id])))

  async function load(): Promise<contract.Cart> {
    return (cart.value = await call(contract.getCart, {}))
  }

  async function add(photoIds: string[]): Promise<void> {
    cart.value = await call(contract.addToCart, { body: { photoIds } })
  }

  /** Takes photos out; those that are not in the cart are passed over. */
  async function remove(photoIds: readonly string[]): Promise<void> {
    for (const photoId of photoIds) {
      const id = itemIds.value.get(photoId)
      if (id) cart.value = await call(contract.removeFromCart, { params: { id } })
    }
  }

  async function choose(eventId: string, choice: string): Promise<void> {
    cart.value = await call(contract.choosePackage, { body: { eventId, choice } })
  }

  return { cart, email, editPath, count, itemIds, load, add, remove, choose }
})
