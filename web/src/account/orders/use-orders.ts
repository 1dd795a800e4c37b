import { listOrders } from '@pix/contracts/orders.ts'
import { call } from '../../base/api.ts'
import { usePages } from '../../base/use-pages.ts'

/** What somebody ordered, newest first. */
export const useOrders = () =>
  usePages((cursor, signal) => call(listOrders, { query: { limit: 20, ...(cursor && { cursor }) } }, { signal }))
