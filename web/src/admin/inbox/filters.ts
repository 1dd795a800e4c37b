import type { listInbox } from '@pix/contracts/inbox.ts'
import type { Input } from '@pix/contracts/client.ts'
import { INBOX_KINDS } from '@pix/domain/words.ts'
import type { LocationQuery } from 'vue-router'

/** What the inbox is narrowed to, and its order; nothing set shows all of it, the oldest first. */
export type InboxFilters = Pick<Input<typeof listInbox>['query'], 'kind' | 'first'>

/** The filters that an address carries. */
export function filtersOf({ kind, first }: LocationQuery): InboxFilters {
  const known = INBOX_KINDS.find(each => each === kind)
  return { ...(known && { kind: known }), ...(first === 'newest' && { first }) }
}
