import { defineAsyncComponent } from 'vue'

export { default as CookiesNeeded } from './CookiesNeeded.vue'
/** Comes when it is asked. */
export const OtherEventDialog = defineAsyncComponent(() => import('./OtherEventDialog.vue'))
export { default as PhotoStrip } from './PhotoStrip.vue'
export { default as PriceLines } from './PriceLines.vue'
export { useCart } from './cart.store.ts'
export { offerTitle } from './offer-words.ts'
export { priceSelection } from './price-selection.ts'
export { useAddToCart } from './use-add-to-cart.ts'
export { useCartPage } from './use-cart-page.ts'
