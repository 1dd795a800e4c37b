import { nextTick, onUnmounted } from 'vue'

/**
 * Gives the focus back to where it was when an overlay opened. Headless UI does so only for overlays that stay in the
 * page and are closed by their `open`; ours are taken away by `v-if`. What is gone by then gives way to the page's main
 * part, so that Tab does not begin at the top.
 */
export function useReturnFocus(): void {
  const before = document.activeElement
  // The page behind is inert until the overlay is out of the document.
  onUnmounted(() => nextTick(() => focusWhereLost(before)))
}

/** What had the focus is gone: the focus goes to `back`, or to the page's main part where that is gone as well. */
export function focusWhereLost(back: Element | null = null): void {
  const now = document.activeElement
  if (now !== null && now !== document.body) return
  const there = back instanceof HTMLElement && back.isConnected ? back : document.getElementById('main')
  there?.focus({ preventScroll: true })
}
