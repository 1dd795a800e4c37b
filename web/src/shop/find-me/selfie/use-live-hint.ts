import type { Box } from '@pix/faces/types.ts'
import { onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import { hintFor, type LiveHint, type Look, lookAt, SMALL } from './live-hint.ts'
import type { FindFaces } from '../engine/use-selfie-engine.ts'

/** The pause between two looks. After a look that takes longer the pause is as long as that look. */
const LOOK_MS = 300
/** A hint stays at least so long, so that a screen reader can speak it. */
const HINT_MS = 1_500
/** The size of the picture for the engine: its detector takes 320 pixels on the longer side. */
const FRAME = { width: 256, height: 320 }

/** Draws the part of the live picture that the camera shows and the shutter takes. */
function painter({ width, height }: { width: number; height: number }) {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d', { willReadFrequently: true })
  return (video: HTMLVideoElement): ImageData | undefined => {
    const scale = Math.max(width / video.videoWidth, height / video.videoHeight)
    const [wide, high] = [video.videoWidth * scale, video.videoHeight * scale]
    context?.drawImage(video, (width - wide) / 2, (height - high) / 2, wide, high)
    return context?.getImageData(0, 0, width, height)
  }
}

/**
 * Looks at the live picture a few times a second and says one thing about it. Nothing leaves the device.
 *
 * @param findFaces finds faces; null while there is no engine on this device
 */
export function useLiveHint(video: Ref<HTMLVideoElement | null>, findFaces: () => FindFaces | null) {
  const hint = shallowRef<LiveHint>('look')
  /** What the last look could judge. */
  const looked = shallowRef<'nothing' | 'light' | 'faces'>('nothing')
  const [small, frame] = [painter(SMALL), painter(FRAME)]
  let before: Look | null = null
  let saidAt = 0
  let looking = new AbortController()

  async function facesIn(element: HTMLVideoElement): Promise<Box[] | null> {
    const [find, picture] = [findFaces(), findFaces() && frame(element)]
    // The engine was stopped meanwhile, or failed: this look is without faces.
    return find && picture ? find(picture).catch(() => null) : null
  }

  async function look(element: HTMLVideoElement, signal: AbortSignal) {
    if (element.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || document.hidden) return
    const pixels = small(element)
    if (!pixels) return
    const first = before === null
    const seen = (before = lookAt(pixels.data, before))
    const faces = await facesIn(element)
    if (signal.aborted || first) return
    looked.value = faces ? 'faces' : 'light'
    const next = hintFor(seen, faces)
    if (next === hint.value) return
    // The hint "good" is replaced at once when it is no longer true, even while a screen reader speaks it.
    if (hint.value !== 'good' && Date.now() - saidAt < HINT_MS) return
    hint.value = next
    saidAt = Date.now()
  }

  async function lookOn(element: HTMLVideoElement, signal: AbortSignal) {
    if (signal.aborted) return
    const began = performance.now()
    await look(element, signal)
    if (!signal.aborted) setTimeout(lookOn, Math.max(LOOK_MS, performance.now() - began), element, signal)
  }

  watch(
    video,
    element => {
      looking.abort()
      before = null
      hint.value = 'look'
      looked.value = 'nothing'
      saidAt = Date.now()
      if (element) void lookOn(element, (looking = new AbortController()).signal)
    },
    { immediate: true },
  )
  onScopeDispose(() => looking.abort())
  return { hint, looked }
}
