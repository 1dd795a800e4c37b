import { listEventPackages, type Package } from '@pix/contracts/pricing.ts'
import { computed, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { call } from '../../base/api.ts'
import { problemMessage } from '../../base/problem-message.ts'
import { useLoaded } from '../../base/use-loaded.ts'
import { showToast } from '../../ui/toast.ts'
import { cartParts } from './cart-parts.ts'
import { useCart } from './cart.store.ts'

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

  const parts = computed(() => (store.cart ? cartParts(store.cart, packages.value) : []))

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
