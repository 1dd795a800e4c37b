import { onScopeDispose, watch } from 'vue'

/** Keeps the screen on while `wanted`: a device that falls asleep sends nothing. Browsers may refuse. */
export function useWakeLock(wanted: () => boolean): void {
  const gone = new AbortController()
  let lock: WakeLockSentinel | undefined
  let isAsked = false

  async function hold(): Promise<void> {
    // A second lock would take the place of the first, which nobody could give back.
    if (isAsked || !wanted() || document.visibilityState !== 'visible' || lock?.released === false) return
    isAsked = true
    lock = await navigator.wakeLock?.request('screen').catch(() => undefined)
    isAsked = false
    if (!wanted() || gone.signal.aborted) release()
  }
  const release = () => void lock?.release().catch(() => undefined)

  watch(wanted, is => (is ? void hold() : release()), { immediate: true })
  // The browser ends the lock when the page is hidden.
  document.addEventListener('visibilitychange', () => void hold(), { signal: gone.signal })
  onScopeDispose(() => {
    gone.abort()
    release()
  })
}
