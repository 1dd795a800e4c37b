import { type listUsers, USER_KINDS } from '@pix/contracts/users.ts'
import type { Input } from '@pix/contracts/client.ts'
import type { LocationQuery } from 'vue-router'

/** What the list is narrowed to; nothing set shows everybody. */
export type UserFilters = Pick<Input<typeof listUsers>['query'], 'q' | 'kind' | 'suspended'>

/** The filters that an address carries. */
export function filtersOf({ q, kind, suspended }: LocationQuery): UserFilters {
  const known = USER_KINDS.find(one => one === kind)
  return {
    ...(typeof q === 'string' && q.trim().length > 1 && { q: q.trim() }),
    ...(known && { kind: known }),
    ...((suspended === 'true' || suspended === 'false') && { suspended }),
  }
}
