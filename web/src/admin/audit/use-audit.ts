import { listAudit } from '@pix/contracts/audit.ts'
import { watch, type Ref } from 'vue'
import { call } from '../../base/api.ts'
import { usePages } from '../../base/use-pages.ts'
import type { AuditFilters } from './filters.ts'

/** The newest lines that fit the filters, and earlier ones page by page. What was asked for with other filters is dropped. */
export function useAudit(filters: Readonly<Ref<AuditFilters>>) {
  const pages = usePages((cursor, signal) =>
    call(listAudit, { query: { ...filters.value, ...(cursor !== undefined && { cursor }) } }, { signal }),
  )
  watch(filters, pages.load)
  return pages
}
