import type { CartEvent } from '@pix/contracts/cart.ts'
import { listEventPackages, type Offer, type Package } from '@pix/contracts/pricing.ts'
import { computed, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { call } from '../../base/api.ts'
import { problemMessage } from '../../base/problem-message.ts'
import { useLoaded } from '../../base/use-loaded.ts'
import { showToast } from '../../ui/toast.ts'
import { type Alternative, alternatives, nextCheapest } from './alternatives.ts'
import { useCart } from './cart.store.ts'

/** A cart's photos of one event, and how they may be bought. */
export interface CartPart extends CartEvent {
  ways: Alternative[]
  /** The cheapest way that is not the chosen one. */
  next: Offer | null
  /** Photos that are no longer sold. */
  withdrawn: string[]
}

/** What is bought of a cart, event by event. */
export const pricedParts = (parts: readonly CartPart[]) =>
  parts.flatMap(({ event, quote, next }) => (quote ? [{ event, offer: quote.chosen, next }] : []))

/** The cart with the packages of its events, and what somebody may change in it. */
export function useCartPage() {
  const { t } = useI18n()
  const store = useCart()
  const packages = shallowRef<ReadonlyMap<string, readonly Package[]>>(new Map())
  const { state, load } = useLoaded(async signal => {
    const cart = await store.load()
    const found = await Promise.all(
      cart.events.map(async ({ event: { id } }) => {
        const { items } = await call(listEventPackages, { params: { id } }, { signal })
        return [id, items] as const
      }),
    )
    packages.value = new Map(found)
  })

  const parts = computed<CartPart[]>(() =>
    (store.cart?.events ?? []).map(part => {
      const ways = alternatives(part, packages.value.get(part.event.id) ?? [])
      const next = part.quote ? nextCheapest(ways, part.quote.chosen) : null
      const withdrawn = part.items.filter(item => !item.available).map(item => item.photo.id)
      return { ...part, ways, next, withdrawn }
    }),
  )

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
      showToast(t('cart.removed'), { label: t('cart.bringBack'), run: () => void change(() => store.add(photoIds)) })
    })
  const choose = (eventId: string, choice: string) => change(() => store.choose(eventId, choice))

  return { state, load, parts, changing, remove, choose }
}
