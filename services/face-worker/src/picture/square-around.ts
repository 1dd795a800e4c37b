/** Relative to the upright picture, 0..1. */
export interface FaceBox {
  x: number
  y: number
  width: number
  height: number
}

/**
 * The largest square of a picture, placed so that its middle is as near as can be to the middle of its faces: large
 * faces count for more, since they are whom the picture shows. Without faces it is the middle.
 *
 * @param width pixels
 * @param height pixels
 */
export function squareAround(faces: readonly FaceBox[], width: number, height: number) {
  const side = Math.min(width, height)
  const weight = faces.reduce((sum, face) => sum + face.width * face.height, 0)
  const middle = (at: (face: FaceBox) => number) =>
    weight === 0 ? 0.5 : faces.reduce((sum, face) => sum + at(face) * face.width * face.height, 0) / weight
  const place = (center: number, length: number) =>
    Math.round(Math.min(Math.max(center * length - side / 2, 0), length - side))
  return {
    left: place(
      middle(face => face.x + face.width / 2),
      width,
    ),
    top: place(
      middle(face => face.y + face.height / 2),
      height,
    ),
    width: side,
    height: side,
  }
}
