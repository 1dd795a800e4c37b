import { shallowRef } from 'vue'
import { i18n } from '../../base/i18n/index.ts'
import { problemMessage } from '../../base/problem-message.ts'
import { areCookiesBlocked } from '../../base/storage.ts'
import { showToast } from '../../ui/toast.ts'
import { useCart } from './cart.store.ts'

export type Adding = { status: 'idle' | 'adding' } | { status: 'failed'; message: string }

/** Puts photos into the cart, beside what it holds. */
export function useAddToCart(added: () => unknown) {
  const cart = useCart()
  const adding = shallowRef<Adding>({ status: 'idle' })

  async function add(photoIds: string[]) {
    if (adding.value.status === 'adding') return
    if (areCookiesBlocked()) {
      // Without the session's cookie the api would put them into a cart that this browser never sees again.
      const message = i18n.global.t('cart.noCookiesTitle')
      adding.value = { status: 'failed', message }
      return showToast(i18n.global.t('cart.noCookiesText'))
    }
    adding.value = { status: 'adding' }
    try {
      await cart.add(photoIds)
      adding.value = { status: 'idle' }
      await added()
    } catch (error) {
      adding.value = { status: 'failed', message: problemMessage(error) }
    }
  }

  return { adding, add }
}
