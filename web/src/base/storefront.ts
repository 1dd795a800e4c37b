import { readStorefront, type ShopOfStudio, type Storefront } from '@pix/contracts/storefront.ts'
import { computed, shallowRef } from 'vue'
import { call } from './api.ts'
import { localText } from './i18n/index.ts'
import { pageData } from './page-data.ts'
import { recall, remember } from './storage.ts'

/** What this host showed last; each storefront has a storage of its own. */
const KEPT = 'storefront'
const PLATFORM = 'ThePixStock'

/** Where it is not known, and in what an earlier release kept, there are no contacts and no notice. */
type KnownStorefront = Omit<Storefront, 'contacts' | 'notice'> & Partial<Pick<Storefront, 'contacts' | 'notice'>>

/** Which shop this is; null until that is known. */
export const storefront = shallowRef<KnownStorefront | null>(null)

/** The studio whose shop this is; null at the marketplace. */
export const shopStudio = computed<ShopOfStudio | null>(() => storefront.value?.studio ?? null)

/** What the shop is called. */
export const shopName = computed(() => (shopStudio.value ? localText(shopStudio.value.name) : PLATFORM))

/** When our people answer, in the reader's language. */
export const supportHours = computed(() => {
  const hours = storefront.value?.contacts?.hours
  return hours ? localText(hours) : undefined
})

/** Takes the storefront from the page, else from what this host showed last while it is asked for. */
export function findStorefront(): void {
  const given = pageData().storefront
  if (given) return keep(given)
  storefront.value = kept()
  call(readStorefront, {}).then(keep, () => {
    storefront.value ??= { kind: 'marketplace', studio: null, marketplace: location.origin }
  })
}

function keep(known: Storefront): void {
  storefront.value = known
  remember(KEPT, JSON.stringify(known))
}

function kept(): KnownStorefront | null {
  try {
    return JSON.parse(recall(KEPT) ?? 'null') as KnownStorefront | null
  } catch {
    return null
  }
}
