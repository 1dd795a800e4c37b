import * as contract from '@pix/contracts/cart.ts'
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { call } from '../../base/api.ts'
import { useTurns } from '../../base/in-turn.ts'

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

  const inTurn = useTurns()
  let changes = 0

  /** Changes go one after the other: each is answered with all carts, and the last answer is that of the last change. */
  const change = (work: () => Promise<void>): Promise<void> => {
    changes += 1
    return inTurn(work)
  }
  const take = async (answer: Promise<{ items: contract.Cart[] }>) => void (carts.value = (await answer).items)
  /** A change that is made on few pages. */
  const changeBy = (ask: () => Promise<{ items: contract.Cart[] }>) => change(() => take(ask()))

  /** An answer that a change has overtaken does not know of it: it is dropped, and asked for again after that change. */
  async function read(): Promise<void> {
    const before = await inTurn(async () => changes)
    const answer = await call(contract.getCart, {})
    if (changes !== before) return read()
    waiting.value = answer.waiting ?? 0
    carts.value = answer.items
  }

  let reading: Promise<void> | undefined
  const load = (): Promise<void> => {
    const mine = read().finally(() => reading === mine && (reading = undefined))
    return (reading = mine)
  }
  /** The first look of a page: what another part of it has asked for already is not asked for twice. */
  const look = () => reading ?? load()

  const add = (photoIds: string[]) => change(() => take(call(contract.addToCart, { body: { photoIds } })))

  /** Takes photos out; those that are not in the cart are passed over. */
  async function remove(photoIds: readonly string[]): Promise<void> {
    await change(async () => {
      for (const photoId of photoIds) {
        const id = itemIds.value.get(photoId)
        if (id) await take(call(contract.removeFromCart, { params: { id } }))
      }
    })
    if (waiting.value > 0) await load()
  }

  const choose = (eventId: string, choice: string) =>
    change(() => take(call(contract.choosePackage, { body: { eventId, choice } })))

  return { carts, waiting, email, editPath, count, itemIds, load, look, add, remove, choose, changeBy }
})
