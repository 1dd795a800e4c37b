import { onScopeDispose, shallowRef, watch, type WatchSource } from 'vue'

const NAMES = {
  gold: '--gold',
  line1: '--chart-1-line',
  fade: '--chart-1-fade',
  fadeEnd: '--chart-1-fade-end',
  slate: '--chart-3',
  raised: '--raised',
  rule: '--line',
  text2: '--text-2',
  ink: '--btn-ink',
  inkText: '--btn-ink-text',
} as const

/** Resolves a token to a plain colour: a canvas understands neither var() nor light-dark(). */
function read(): Record<keyof typeof NAMES | 'sans', string> {
  const probe = document.body.appendChild(document.createElement('i'))
  const entries = Object.entries(NAMES).map(([key, name]) => {
    probe.style.color = `var(${name})`
    return [key, getComputedStyle(probe).color]
  })
  probe.style.fontFamily = 'var(--sans)'
  const sans = getComputedStyle(probe).fontFamily
  probe.remove()
  return Object.fromEntries([...entries, ['sans', sans]]) as ReturnType<typeof read>
}

/** Token values for drawing on a canvas, read again when the mode changes. */
export function useTokens(changes: WatchSource) {
  const tokens = shallowRef(read())
  const gone = new AbortController()
  const again = () => (tokens.value = read())
  watch(changes, again, { flush: 'post' })
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', again, { signal: gone.signal })
  onScopeDispose(() => gone.abort())
  return tokens
}
