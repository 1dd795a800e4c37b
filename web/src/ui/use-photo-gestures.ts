import { computed, ref, shallowRef } from 'vue'
import { keepInView, gestureOf, MOST_SCALE, type PhotoView, type Point, WHOLE, zoomAt } from './photo-view.ts'

const DOUBLE_TAP_MS = 300
const DOUBLE_TAP_PX = 30
/** A finger that moved less has tapped. */
const TAP_PX = 8

interface Meanings {
  /** The element that the fingers are on. */
  stage: () => HTMLElement | null
  turn: (step: 1 | -1) => void
  close: () => void
}

const middle = (points: readonly Point[]): Point => ({
  x: points.reduce((sum, { x }) => sum + x, 0) / points.length,
  y: points.reduce((sum, { y }) => sum + y, 0) / points.length,
})
const spread = ([a, b]: readonly Point[]) => (a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0)

/**
 * Fingers on one photo: two enlarge it, a double tap or double click does so at once, one moves the enlarged photo. On
 * a whole photo one finger draws it aside to the next, or down to close. The page itself never zooms nor turns.
 */
export function usePhotoGestures({ stage, turn, close }: Meanings) {
  const view = shallowRef<PhotoView>(WHOLE)
  /** Fingers are down: the photo follows them without easing. */
  const moving = ref(false)
  /** How far one finger has drawn the whole photo. */
  const drawn = shallowRef<Point>({ x: 0, y: 0 })

  const fingers = new Map<number, Point>()
  let before: Point = { x: 0, y: 0 }
  let beforeSpread = 0
  let travelled = 0
  let wasPinch = false
  let lastTap = { at: 0, x: 0, y: 0 }

  const fromMiddle = ({ x, y }: Point): Point => {
    const box = stage()?.getBoundingClientRect()
    return box ? { x: x - box.left - box.width / 2, y: y - box.top - box.height / 2 } : { x: 0, y: 0 }
  }

  function keep(next: PhotoView): PhotoView {
    const room = stage()
    const photo = room?.querySelector('img')
    if (!room || !photo) return next
    const size = { width: photo.offsetWidth, height: photo.offsetHeight }
    return keepInView(next, size, { width: room.clientWidth, height: room.clientHeight })
  }

  function reset() {
    view.value = WHOLE
    drawn.value = { x: 0, y: 0 }
  }

  function remember() {
    before = middle([...fingers.values()])
    beforeSpread = spread([...fingers.values()])
  }

  function down(event: PointerEvent) {
    if (event.button !== 0 || (event.target as Element).closest('button, a')) return
    stage()?.setPointerCapture(event.pointerId)
    if (fingers.size === 0) [travelled, wasPinch] = [0, false]
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY })
    if (fingers.size > 1) {
      wasPinch = true
      drawn.value = { x: 0, y: 0 }
    }
    moving.value = true
    remember()
  }

  function move(event: PointerEvent) {
    if (!fingers.has(event.pointerId)) return
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY })
    const now = middle([...fingers.values()])
    const [dx, dy] = [now.x - before.x, now.y - before.y]
    travelled += Math.hypot(dx, dy)
    if (fingers.size > 1 && beforeSpread > 0) {
      const scale = (view.value.scale * spread([...fingers.values()])) / beforeSpread
      const zoomed = zoomAt(view.value, scale, fromMiddle(now))
      view.value = { ...zoomed, x: zoomed.x + dx, y: zoomed.y + dy }
    } else if (view.value.scale > 1) view.value = { ...view.value, x: view.value.x + dx, y: view.value.y + dy }
    else if (!wasPinch) drawn.value = { x: drawn.value.x + dx, y: drawn.value.y + dy }
    remember()
  }

  function up(event: PointerEvent) {
    if (!fingers.delete(event.pointerId)) return
    if (fingers.size > 0) return remember()
    moving.value = false
    // What the system takes away, for a call or a gesture of its own, does nothing here.
    const isLifted = event.type === 'pointerup'
    const isDrawn = isLifted && view.value.scale <= 1
    const gesture = isDrawn ? gestureOf(drawn.value.x, drawn.value.y, stage()?.clientWidth ?? 0) : null
    drawn.value = { x: 0, y: 0 }
    view.value = keep(view.value)
    if (gesture === 'close') close()
    else if (gesture !== null) turn(gesture === 'next' ? 1 : -1)
    else if (!wasPinch && travelled < TAP_PX && isLifted) tap(event)
  }

  function tap({ clientX: x, clientY: y, timeStamp: at }: PointerEvent) {
    const again = at - lastTap.at < DOUBLE_TAP_MS && Math.hypot(x - lastTap.x, y - lastTap.y) < DOUBLE_TAP_PX
    lastTap = again ? { at: 0, x: 0, y: 0 } : { at, x, y }
    if (again) view.value = view.value.scale > 1 ? WHOLE : keep(zoomAt(WHOLE, MOST_SCALE, fromMiddle({ x, y })))
  }

  const style = computed(() => {
    const { scale, x, y } = view.value
    const { x: aside, y: down } = drawn.value
    // Drawn aside or down, whichever is more; upwards means nothing.
    const [dx, dy] = Math.abs(aside) > Math.abs(down) ? [aside, 0] : [0, Math.max(0, down)]
    return { transform: `translate(${x + dx}px, ${y + dy}px) scale(${scale})` }
  })
  return { style, moving, scale: computed(() => view.value.scale), reset, down, move, up }
}
