/** Upright 8-bit RGB, in sRGB unless it is said otherwise. */
export interface Pixels {
  width: number
  height: number
  data: Buffer
}
