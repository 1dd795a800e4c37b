import { toValue, watchEffect, type MaybeRefOrGetter } from 'vue'
import { shopName } from './storefront.ts'

/** Names the browser tab after what is on the page, and the shop, also while they change. */
export function usePageTitle(title: MaybeRefOrGetter<string | undefined>): void {
  watchEffect(() => {
    const name = toValue(title)
    document.title = name ? `${name} · ${shopName.value}` : shopName.value
  })
}
