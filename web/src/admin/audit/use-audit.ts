import { type AuditLine, listAudit } from '@pix/contracts/audit.ts'
import { onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import { call } from '../../base/api.ts'
import { problemMessage } from '../../base/problem-message.ts'
import { useLoaded } from '../../base/use-loaded.ts'
import type { AuditFilters } from './filters.ts'

/** What happens below the lines that are shown. */
export type Further = { status: 'idle' } | { status: 'loading' } | { status: 'failed'; message: string }

/** The newest lines that fit the filters, and earlier ones page by page. */
export function useAudit(filters: Readonly<Ref<AuditFilters>>) {
  const further = shallowRef<Further>({ status: 'idle' })
  const gone = new AbortController()
  onScopeDispose(() => gone.abort())

  const { state, load } = useLoaded(signal => {
    further.value = { status: 'idle' }
    return call(listAudit, { query: filters.value }, { signal })
  })
  watch(filters, load)

  /** Adds the page before. What was asked for with other filters is dropped. */
  async function more(): Promise<void> {
    const before = state.value
    if (before.status !== 'loaded' || before.value.nextCursor === null || further.value.status === 'loading') return
    const { items, nextCursor } = before.value
    further.value = { status: 'loading' }
    try {
      const page = await call(listAudit, { query: { ...filters.value, cursor: nextCursor } }, { signal: gone.signal })
      if (state.value !== before) return
      const all: AuditLine[] = [...items, ...page.items]
      state.value = { status: 'loaded', value: { items: all, nextCursor: page.nextCursor } }
      further.value = { status: 'idle' }
    } catch (error) {
      if (state.value === before && !gone.signal.aborted) {
        further.value = { status: 'failed', message: problemMessage(error) }
      }
    }
  }

  return { state, load, further, more }
}
