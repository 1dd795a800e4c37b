import { liftRefusedAddress, listRefusedAddresses } from '@pix/contracts/refused-addresses.ts'
import { watch, type Ref } from 'vue'
import { call } from '../../../base/api.ts'
import { useAction } from '../../../base/use-action.ts'
import { usePages } from '../../../base/use-pages.ts'

/**
 * Addresses that letters are no longer sent to, the newest first, and taking one off the list.
 *
 * @param q a part of the address; '' shows all
 */
export function useRefused(q: Readonly<Ref<string>>) {
  const pages = usePages((cursor, signal) => {
    const query = { limit: 50, ...(q.value && { q: q.value }), ...(cursor !== undefined && { cursor }) }
    return call(listRefusedAddresses, { query }, { signal })
  })
  watch(q, pages.load)

  const { busy, problem, act } = useAction()
  const lift = (address: string, done: () => void) =>
    act(async () => {
      await call(liftRefusedAddress, { body: { address } })
      pages.change(items => items.filter(item => item.address !== address))
      done()
    })
  return { pages, busy, problem, lift }
}
