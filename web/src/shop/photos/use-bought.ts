import { listOrders } from '@pix/contracts/orders.ts'
import { shallowRef } from 'vue'
import { call } from '../../base/api.ts'

/** Photos of an event that this browser has bought, each with the order it came with. */
export function useBought(eventId: string) {
  const bought = shallowRef<ReadonlyMap<string, string>>(new Map())
  // Only a badge: without an answer the gallery is as good, and the cart takes nothing twice.
  void call(listOrders, {}).then(
    ({ items }) => {
      const paid = items.filter(order => ['paid', 'fulfilled', 'partially_refunded'].includes(order.status))
      const ofEvent = paid
        .flatMap(({ id, events }) => events.map(part => ({ id, ...part })))
        .filter(({ event }) => event.id === eventId)
      bought.value = new Map(ofEvent.flatMap(({ id, photos }) => photos.map(photo => [photo.id, id] as const)))
    },
    () => undefined,
  )
  return bought
}
