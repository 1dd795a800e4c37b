/** Why a picture cannot be processed, ever: the words of `photos.failure` (spec/20 "States"). */
export type Refusal = 'not_an_image' | 'damaged' | 'too_many_pixels' | 'too_small'

/** The picture itself is at fault: no further try would help. */
export class PictureRefused extends Error {
  readonly refusal: Refusal

  constructor(refusal: Refusal, cause?: unknown) {
    super(`the picture is ${refusal}`, { cause })
    this.refusal = refusal
  }
}
