import { computed, onScopeDispose, shallowReactive, watchEffect } from 'vue'

/** The pages that say so. One begins before the page before it has ended. */
const pages = shallowReactive(new Set<symbol>())

/** The page that is shown stands on white, though its route says that it begins in the black room. */
export const isHeaderPlain = computed(() => pages.size > 0)

/** For a page that may begin in the black room: while `isPlain`, the header above it is white like the page. */
export function usePlainHeader(isPlain: () => boolean): void {
  const page = Symbol('page')
  watchEffect(() => (isPlain() ? pages.add(page) : pages.delete(page)))
  onScopeDispose(() => pages.delete(page))
}
