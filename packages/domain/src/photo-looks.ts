/** A photo whose measured sharpness (docs/decisions/0062) is less is pointed out as blurred. */
export const LEAST_SHARPNESS = 0.5

/** Whether a photo is blurred. A photo that was never measured, or shows nothing to measure, is not. */
export const isBlurred = ({ sharpness }: { sharpness: number | null }): boolean =>
  sharpness !== null && sharpness < LEAST_SHARPNESS
