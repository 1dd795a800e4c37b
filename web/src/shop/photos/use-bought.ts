import { listOrders } from '@pix/contracts/orders.ts'
import { shallowRef } from 'vue'
import { call } from '../../base/api.ts'

/** Photos of an event that this browser has bought, each with the order it came with. */
export function useBought(eventId: string) {
  const bought = shallowRef<ReadonlyMap<string, string>>(new Map())
  // Only a badge: without an answer the gallery is as good, and the cart takes nothing twice.
  void call(listOrders, {}).then(
    ({ items }) => {
      const paid = items.filter(order => order.event.id === eventId && ['paid', 'fulfilled'].includes(order.status))
      bought.value = new Map(paid.flatMap(order => order.photos.map(photo => [photo.id, order.id] as const)))
    },
    () => undefined,
  )
  return bought
}
