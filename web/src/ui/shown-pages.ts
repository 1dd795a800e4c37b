import type { Ref } from 'vue'

/** A list that is read page by page, as `usePages` has it: its rows so far, and what happens below them. */
export interface ShownPages<T> {
  state: Ref<
    | { status: 'loading' }
    | { status: 'failed'; message: string }
    | { status: 'loaded'; value: { items: readonly T[]; nextCursor: string | null } }
  >
  further: Ref<{ status: 'idle' | 'loading' } | { status: 'failed'; message: string }>
  load: () => unknown
  more: () => unknown
}
