import type { Cart } from '@pix/contracts/cart.ts'
import { clearCart } from '@pix/contracts/cart-page.ts'
import { computed, shallowRef } from 'vue'
import { call } from '../../base/api.ts'
import { i18n } from '../../base/i18n/index.ts'
import { problemMessage } from '../../base/problem-message.ts'
import { useLoaded } from '../../base/use-loaded.ts'
import { showToast } from '../../ui/toast.ts'
import { cartParts } from './cart-parts.ts'
import { useCart } from './cart.store.ts'

/** The carts, and what somebody may change in them. */
export function useCartPage() {
  const store = useCart()
  const { state, load } = useLoaded(() => store.look())

  /** The carts are shown meanwhile: that they could not be read again is said beside them. */
  async function reload() {
    await load()
    if (state.value.status === 'failed') showToast(state.value.message)
  }

  const carts = computed(() => store.carts?.map(cart => ({ ...cart, parts: cartParts(cart) })) ?? [])

  const changing = shallowRef<{ status: 'idle' | 'changing' }>({ status: 'idle' })
  async function change(work: () => Promise<unknown>) {
    changing.value = { status: 'changing' }
    try {
      await work()
    } catch (error) {
      showToast(problemMessage(error))
      await store.load().catch(() => undefined)
    } finally {
      changing.value = { status: 'idle' }
    }
  }

  const remove = (photoIds: string[]) =>
    change(async () => {
      await store.remove(photoIds)
      const label = i18n.global.t('cart.bringBack')
      showToast(i18n.global.t('cart.removed'), { label, run: () => void change(() => store.add(photoIds)) })
    })
  const clear = () =>
    change(async () => {
      const before = store.carts ?? []
      await store.changeBy(() => call(clearCart, {}))
      if (store.waiting > 0) await store.load()
      const label = i18n.global.t('cart.bringBack')
      showToast(i18n.global.t('cart.cleared'), { label, run: () => void change(() => bringBack(before)) })
    })

  /** What can still be bought comes back, each event with its choice of package. */
  async function bringBack(carts: readonly Cart[]): Promise<void> {
    for (const { events } of carts) {
      const parts = events.map(part => ({ ...part, items: part.items.filter(({ available }) => available) }))
      const photoIds = parts.flatMap(({ items }) => items.map(({ photo }) => photo.id))
      if (photoIds.length > 0) await store.add(photoIds)
      for (const { event, choice, items } of parts)
        if (choice !== 'auto' && items.length > 0) await store.choose(event.id, choice)
    }
  }

  const choose = (eventId: string, choice: string) => change(() => store.choose(eventId, choice))

  return { state, load, reload, carts, changing, remove, clear, choose }
}
