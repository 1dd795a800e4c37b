import { onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import { hintFor, type LiveHint, lookAt } from './live-hint.ts'

const LOOK_MS = 250
/** One hint at a time, and no sooner than a reader can speak it. */
const HINT_MS = 1_500
const WIDTH = 32
const HEIGHT = 40

/** Looks at the live picture a few times a second and says one thing about it. Nothing leaves the device. */
export function useLiveHint(video: Ref<HTMLVideoElement | null>) {
  const hint = shallowRef<LiveHint>('look')
  const canvas = document.createElement('canvas')
  canvas.width = WIDTH
  canvas.height = HEIGHT
  const context = canvas.getContext('2d', { willReadFrequently: true })
  let before: Float32Array | null = null
  let saidAt = 0

  function look() {
    if (!video.value || !context || video.value.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return
    context.drawImage(video.value, 0, 0, WIDTH, HEIGHT)
    const seen = lookAt(context.getImageData(0, 0, WIDTH, HEIGHT).data, WIDTH, HEIGHT, before)
    const first = before === null
    before = seen.luma
    const next = hintFor(seen)
    if (first || next === hint.value || Date.now() - saidAt < HINT_MS) return
    hint.value = next
    saidAt = Date.now()
  }

  let timer: ReturnType<typeof setInterval> | undefined
  watch(
    video,
    element => {
      clearInterval(timer)
      before = null
      hint.value = 'look'
      saidAt = Date.now()
      if (element) timer = setInterval(look, LOOK_MS)
    },
    { immediate: true },
  )
  onScopeDispose(() => clearInterval(timer))
  return hint
}
