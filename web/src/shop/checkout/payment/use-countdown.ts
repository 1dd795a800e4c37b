import { computed, onScopeDispose, shallowRef } from 'vue'
import { serverNow } from '../../../base/server-time.ts'

/** ms left until a moment by the server's clock, never below 0; ticks each second. */
export function useCountdown(until: () => string | undefined) {
  const now = shallowRef(serverNow())
  const timer = setInterval(() => (now.value = serverNow()), 1_000)
  onScopeDispose(() => clearInterval(timer))

  return computed(() => {
    const end = until()
    return end === undefined ? 0 : Math.max(0, Date.parse(end) - now.value)
  })
}

/** `14:32` */
export function clock(ms: number): string {
  const seconds = Math.ceil(ms / 1_000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
