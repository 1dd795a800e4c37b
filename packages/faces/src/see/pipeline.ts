import { MODEL_VERSIONS, type FaceEngineName } from '../engines.ts'
import { describeFaces, hasEmbedding, type EmbeddedFace } from './describe-faces.ts'
import type { Candidate } from './boxes.ts'
import { pyramid, type Pyramid } from './image/pyramid.ts'
import { readSelfieFaces } from './read-selfie.ts'
import { RECIPES } from './recipes.ts'
import { facesBack, surerTurns } from './turned-picture.ts'
import type { FaceRuntime } from '../runtimes/runtime.ts'
import type { DetectedFace, FaceEngine, RawImage, SelfieReading } from '../types.ts'

/**
 * Longer side, in pixels, that a photo should be decoded to before `detect`: more costs time and brings no faces, less
 * loses small ones. 3,000 is half of a 24-megapixel photo, which a JPEG decoder gives away nearly for free.
 */
export const detectionLongSide = 3000

/** A face engine over a runtime that was opened with its networks; the same code in the worker and in the browser. */
export function createPipeline(runtime: FaceRuntime, engine: FaceEngineName): FaceEngine {
  const recipe = RECIPES[engine]
  const describe = async (photo: Pyramid, boxes: readonly Candidate[]) =>
    (await describeFaces(runtime, recipe.embedder, photo, boxes)).filter(hasEmbedding)
  return {
    runtime: runtime.name,
    modelVersion: MODEL_VERSIONS[engine],
    detect: async image => {
      checkImage(image)
      const photo = pyramid(image)
      const boxes = await recipe.findFaces(runtime, photo)
      const score = Math.max(0, ...boxes.map(box => box.score))
      const [turned] = recipe.photoTurns ? await surerTurns(runtime, recipe, recipe.photoTurns, photo, score) : []
      if (!turned) return (await describe(photo, boxes)).map(withoutParts)
      const faces = await describe(turned.picture, await recipe.findFaces(runtime, turned.picture))
      return facesBack(faces, turned.quarters).map(withoutParts)
    },
    readSelfie: async (image): Promise<SelfieReading> => {
      checkImage(image)
      const read = await readSelfieFaces(runtime, recipe, pyramid(image))
      if ('refused' in read) return { kind: 'refused', fault: read.refused, hints: read.hints }
      return { kind: 'faces', faces: read.faces.map(withoutParts) }
    },
    close: () => runtime.close(),
  }
}

function checkImage({ width, height, data }: RawImage): void {
  if (data.length !== width * height * 3) throw new RangeError(`${data.length} bytes are not ${width} × ${height} RGB`)
}

const withoutParts = ({ parts: _parts, ...face }: EmbeddedFace): DetectedFace => face
