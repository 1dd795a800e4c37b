import { AUDIT_ACTIONS, type listAudit } from '@pix/contracts/audit.ts'
import type { Input } from '@pix/contracts/client.ts'
import type { LocationQuery } from 'vue-router'

export const FILTERS = ['actor', 'action', 'subject', 'studio', 'from', 'to'] as const

/** What the audit is narrowed to; nothing set shows all of it. */
export type AuditFilters = Pick<Input<typeof listAudit>['query'], (typeof FILTERS)[number]>

/** The filters that an address carries. */
export function filtersOf(query: LocationQuery): AuditFilters {
  const set = FILTERS.flatMap(name => {
    const value = query[name]
    return typeof value === 'string' && value.trim() !== '' ? [[name, value.trim()]] : []
  })
  return Object.fromEntries(set) as AuditFilters
}

/** What all actions of one kind begin with. */
export const ACTION_GROUPS: readonly string[] = [...new Set(AUDIT_ACTIONS.map(action => action.split('.')[0]!))]
