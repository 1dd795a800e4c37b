import { onScopeDispose, ref, watch } from 'vue'

const RISE_MS = 600

/** Counts up to a number once, for the moment it is found, and follows it then. Who asked for no motion sees it at once. */
export function useRisingCount(to: () => number) {
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches
  const shown = ref(still ? to() : 0)
  const from = performance.now()
  let frame = 0
  let hasRisen = still

  function rise(now: number) {
    const part = Math.min(1, (now - from) / RISE_MS)
    shown.value = Math.round(to() * (1 - (1 - part) ** 3))
    if (part < 1) frame = requestAnimationFrame(rise)
    else hasRisen = true
  }
  watch(to, now => {
    if (hasRisen) shown.value = now
  })
  if (!still) frame = requestAnimationFrame(rise)
  onScopeDispose(() => cancelAnimationFrame(frame))
  return shown
}
