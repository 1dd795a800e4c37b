import type { listStaffOrders } from '@pix/contracts/admin-orders.ts'
import type { Input } from '@pix/contracts/client.ts'
import type { LocationQuery } from 'vue-router'

export const FILTERS = ['q', 'status', 'from', 'to', 'event', 'gateway', 'has'] as const

/** In the address of a platform admin who reads the orders of every studio. */
export const EVERYWHERE = 'everywhere'

/** What the list is narrowed to; nothing set shows all of it. */
export type OrderFilters = Pick<Input<typeof listStaffOrders>['query'], (typeof FILTERS)[number]>

/** The filters that an address carries. */
export function filtersOf(query: LocationQuery): OrderFilters {
  const set = FILTERS.flatMap(name => {
    const value = query[name]
    return typeof value === 'string' && value.trim() !== '' ? [[name, value.trim()]] : []
  })
  return Object.fromEntries(set) as OrderFilters
}
