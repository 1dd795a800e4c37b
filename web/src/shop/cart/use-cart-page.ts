import { listEventPackages, type Package } from '@pix/contracts/pricing.ts'
import { computed, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { call } from '../../base/api.ts'
import { problemMessage } from '../../base/problem-message.ts'
import { useLoaded } from '../../base/use-loaded.ts'
import { showToast } from '../../ui/toast.ts'
import { alternatives, nextCheapest } from './alternatives.ts'
import { useCart } from './cart.store.ts'

/** The cart with the packages of its event, and what somebody may change in it. */
export function useCartPage() {
  const { t } = useI18n()
  const store = useCart()
  const packages = shallowRef<Package[]>([])
  const { state, load } = useLoaded(async signal => {
    const cart = await store.load()
    if (cart.event)
      packages.value = (await call(listEventPackages, { params: { id: cart.event.id } }, { signal })).items
  })

  const ways = computed(() => (store.cart ? alternatives(store.cart, packages.value) : []))
  const next = computed(() => (store.cart?.quote ? nextCheapest(ways.value, store.cart.quote.chosen) : null))
  const withdrawn = computed(() => store.cart?.items.filter(item => !item.available).map(item => item.photo.id) ?? [])

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
  const choose = (choice: string) => change(() => store.choose(choice))

  return { state, load, ways, next, withdrawn, changing, remove, choose }
}
