import { ProblemError } from '@pix/contracts/client.ts'
import { shallowRef } from 'vue'
import { i18n } from '../../base/i18n/index.ts'
import { problemMessage } from '../../base/problem-message.ts'
import { areCookiesBlocked } from '../../base/storage.ts'
import { showToast } from '../../ui/toast.ts'
import { useCart } from './cart.store.ts'

export type Adding =
  | { status: 'idle' | 'adding' }
  | { status: 'other_event'; photoIds: string[] }
  | { status: 'failed'; message: string }

/** Puts photos into the cart; a cart with another event's photos is not emptied before the person said so. */
export function useAddToCart(added: () => unknown) {
  const cart = useCart()
  const adding = shallowRef<Adding>({ status: 'idle' })

  async function put(photoIds: string[], replaceOtherEvent: boolean) {
    if (adding.value.status === 'adding') return
    if (areCookiesBlocked()) {
      // The api would take them into a cart that nobody finds again.
      const message = i18n.global.t('cart.noCookiesTitle')
      adding.value = { status: 'failed', message }
      return showToast(i18n.global.t('cart.noCookiesText'))
    }
    adding.value = { status: 'adding' }
    try {
      await cart.add(photoIds, replaceOtherEvent)
      adding.value = { status: 'idle' }
      await added()
    } catch (error) {
      adding.value =
        error instanceof ProblemError && error.code === 'cart_has_other_event'
          ? { status: 'other_event', photoIds }
          : { status: 'failed', message: problemMessage(error) }
    }
  }

  return {
    adding,
    add: (photoIds: string[]) => put(photoIds, false),
    /** The answer to `other_event`. */
    replace: () => (adding.value.status === 'other_event' ? put(adding.value.photoIds, true) : undefined),
    keep: () => (adding.value = { status: 'idle' }),
  }
}
