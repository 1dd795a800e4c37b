/** How one photo lies on the stage: enlarged `scale` times around its middle, then moved by `x`, `y` pixels. */
export interface PhotoView {
  scale: number
  x: number
  y: number
}

export interface Point {
  x: number
  y: number
}

export const WHOLE: PhotoView = { scale: 1, x: 0, y: 0 }
export const MOST_SCALE = 3
/** A pinch that ends below this shows the whole photo again. */
const NEARLY_WHOLE = 1.08

/**
 * Enlarges so that what lies under a point stays under it.
 *
 * @param at pixels from the middle of the stage
 */
export function zoomAt(view: PhotoView, scale: number, at: Point): PhotoView {
  const next = Math.max(1, Math.min(MOST_SCALE, scale))
  const ratio = next / view.scale
  return { scale: next, x: at.x - (at.x - view.x) * ratio, y: at.y - (at.y - view.y) * ratio }
}

const within = (value: number, most: number) => Math.max(-most, Math.min(most, value))

/**
 * Keeps an enlarged photo over the stage: no edge comes further in than the stage's own.
 *
 * @param photo the photo's size at scale 1, `stage` what it is looked at through; pixels
 */
export function keepInView(
  view: PhotoView,
  photo: { width: number; height: number },
  stage: { width: number; height: number },
): PhotoView {
  if (view.scale < NEARLY_WHOLE) return WHOLE
  const most = (photo: number, stage: number) => Math.max(0, (photo * view.scale - stage) / 2)
  return {
    scale: view.scale,
    x: within(view.x, most(photo.width, stage.width)),
    y: within(view.y, most(photo.height, stage.height)),
  }
}

/** The gesture of a finger that moved `dx`, `dy` pixels over a whole photo before it was lifted. */
export function gestureOf(dx: number, dy: number, stageWidth: number): 'next' | 'previous' | 'close' | null {
  if (Math.abs(dx) > Math.abs(dy)) {
    if (Math.abs(dx) < Math.min(64, stageWidth * 0.18)) return null
    return dx < 0 ? 'next' : 'previous'
  }
  return dy > 96 ? 'close' : null
}
