interface Box {
  x: number
  y: number
  width: number
  height: number
}

/** Room round the face, as a multiple of its longer side. */
const ROOM = 1.5

/**
 * The CSS background that shows one face of a picture in a square.
 *
 * @param box relative to the picture, 0..1
 * @param aspect width / height of the picture
 */
export function faceCrop(box: Box, aspect: number): { backgroundSize: string; backgroundPosition: string } {
  // In units of the picture's height.
  const side = Math.min(ROOM * Math.max(box.width * aspect, box.height), aspect, 1)
  const place = (middle: number, length: number) => {
    const from = Math.max(0, Math.min(length - side, middle * length - side / 2))
    return length === side ? 50 : (from / (length - side)) * 100
  }
  const x = place(box.x + box.width / 2, aspect)
  const y = place(box.y + box.height / 2, 1)
  return { backgroundSize: `${(aspect / side) * 100}% auto`, backgroundPosition: `${x}% ${y}%` }
}
