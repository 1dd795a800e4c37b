import { computed, onScopeDispose, shallowRef } from 'vue'

/** Whole seconds until a moment (ms since 1970), never below 0; looks at the clock four times a second. */
export function useSecondsLeft(until: () => number | undefined) {
  const now = shallowRef(Date.now())
  const timer = setInterval(() => (now.value = Date.now()), 250)
  onScopeDispose(() => clearInterval(timer))
  return computed(() => Math.max(0, Math.ceil(((until() ?? 0) - now.value) / 1_000)))
}
