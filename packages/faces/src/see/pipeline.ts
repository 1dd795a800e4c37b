import { MODEL_VERSIONS } from '../engines.ts'
import { describeFaces, type DescribedFace } from './describe-faces.ts'
import { findFaces } from './find-faces.ts'
import { pyramid } from './image/pyramid.ts'
import { readSelfieFaces } from './read-selfie.ts'
import type { FaceRuntime } from '../runtimes/runtime.ts'
import type { DetectedFace, FaceEngine, RawImage, SelfieReading } from '../types.ts'

/**
 * Longer side, in pixels, that a photo should be decoded to before `detect`: more costs time and brings no faces, less
 * loses small ones. 3,000 is half of a 24-megapixel photo, which a JPEG decoder gives away nearly for free.
 */
export const detectionLongSide = 3000

/** The face engine over any runtime; the same code in the worker and in the browser. */
export function createPipeline(runtime: FaceRuntime): FaceEngine {
  return {
    runtime: runtime.name,
    modelVersion: MODEL_VERSIONS['face-api'],
    detect: async image => {
      checkImage(image)
      const photo = pyramid(image)
      const boxes = await findFaces(runtime, photo)
      const faces = await describeFaces(runtime, photo, boxes)
      return faces.map(withoutParts)
    },
    readSelfie: async (image): Promise<SelfieReading> => {
      checkImage(image)
      const read = await readSelfieFaces(runtime, pyramid(image))
      if ('refused' in read) return { kind: 'refused', fault: read.refused, hints: read.hints }
      return { kind: 'faces', faces: read.faces.map(withoutParts) }
    },
    close: () => runtime.close(),
  }
}

function checkImage({ width, height, data }: RawImage): void {
  if (data.length !== width * height * 3) throw new RangeError(`${data.length} bytes are not ${width} × ${height} RGB`)
}

const withoutParts = ({ parts: _parts, ...face }: DescribedFace): DetectedFace => face
