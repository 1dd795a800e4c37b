import { listOrders } from '@pix/contracts/orders.ts'
import { shallowRef } from 'vue'
import { call } from '../../base/api.ts'

/**
 * Photos of an event that this browser has bought, each with the order it came with.
 *
 * @param isAny whether there may be some: else nothing is asked
 */
export function useBought(eventId: string, isAny = true) {
  const bought = shallowRef<ReadonlyMap<string, string>>(new Map())
  if (!isAny) return bought
  // Only a badge: without an answer the gallery is as good, and the cart takes nothing twice.
  void call(listOrders, { query: { limit: 100 } }).then(
    ({ items }) => {
      const ofEvent = items
        .flatMap(({ id, events }) => events.map(part => ({ id, ...part })))
        .filter(({ event }) => event.id === eventId)
      bought.value = new Map(
        ofEvent.flatMap(({ id, photos }) => photos.filter(photo => photo.bought).map(photo => [photo.id, id] as const)),
      )
    },
    () => undefined,
  )
  return bought
}
