import type { Candidate } from './boxes.ts'
import { describeFaces, hasEmbedding, type DescribedFace, type EmbeddedFace } from './describe-faces.ts'
import { isBlurred } from './image/blur.ts'
import type { Pyramid } from './image/pyramid.ts'
import { lookForSelfieFaces } from './selfie-faces.ts'
import type { EngineRecipe } from './recipes.ts'
import type { FaceRuntime } from '../runtimes/runtime.ts'
import { facesBack, surerTurns } from './turned-picture.ts'
import type { SelfieHint } from '../types.ts'

/** A face that weighs this much less than the first ((width × quality)²) is somebody in the background, not a choice. */
const BACKGROUND = 0.2

/** More faces than a customer would choose among; keeps a photo of a crowd, given as a selfie, cheap. */
const MOST_FACES = 8

/** Narrowest face, in pixels of the selfie, whose embedding distinguishes people. */
const MIN_WIDTH = 45

export type ReadSelfie = { faces: EmbeddedFace[] } | { refused: 'no_face_found' | 'face_too_poor'; hints: SelfieHint[] }

/**
 * Faces the customer may mean, largest first, or what is wrong with all of them. A selfie in which no face leaves no doubt
 * is looked at in its other turns as well.
 */
export async function readSelfieFaces(
  runtime: FaceRuntime,
  recipe: EngineRecipe,
  selfie: Pyramid,
): Promise<ReadSelfie> {
  const boxes = await findSelfieFaces(runtime, recipe, selfie)
  const score = Math.max(0, ...boxes.map(box => box.score))
  for (const { quarters, picture } of await surerTurns(runtime, recipe, recipe.selfie.turns, selfie, score)) {
    const read = await describe(runtime, recipe, picture, await findSelfieFaces(runtime, recipe, picture))
    if ('faces' in read) return { faces: facesBack(read.faces, quarters) }
  }
  return describe(runtime, recipe, selfie, boxes)
}

async function describe(
  runtime: FaceRuntime,
  recipe: EngineRecipe,
  selfie: Pyramid,
  boxes: readonly Candidate[],
): Promise<ReadSelfie> {
  if (boxes.length === 0) return withoutFace(selfie)
  const faces = await describeFaces(runtime, recipe.embedder, selfie, boxes)
  const usable = faces.filter(hasEmbedding).filter(face => faults(face, selfie).length === 0)
  const heaviest = Math.max(...usable.map(weight))
  if (usable.length > 0) return { faces: usable.filter(face => weight(face) >= heaviest * BACKGROUND) }
  const hints = faults(faces[0] as DescribedFace, selfie)
  // The few pixels of a small face do not show blur: it is measured in the whole picture.
  const blurred = !hints.includes('too_blurred') && isBlurred(selfie)
  return { refused: 'face_too_poor', hints: blurred ? ['too_blurred', ...hints] : hints }
}

async function findSelfieFaces(runtime: FaceRuntime, recipe: EngineRecipe, selfie: Pyramid): Promise<Candidate[]> {
  for (const look of recipe.selfie.looks) {
    const found = await lookForSelfieFaces(runtime, recipe, selfie, look)
    if (found.length > 0) return found.slice(0, MOST_FACES)
  }
  return []
}

const weight = ({ box, quality }: DescribedFace): number => (box.width * quality) ** 2

/**
 * A dark picture without a face found is most likely a dark selfie, and a blurred one may well show a face that nobody
 * could recognize; of any other there is nothing to say.
 */
function withoutFace(selfie: Pyramid): ReadSelfie {
  const { data } = selfie.level(Math.max(1, Math.max(selfie.width, selfie.height) / 64)).image
  const mean = data.reduce((sum, value) => sum + value, 0) / Math.max(1, data.length)
  if (mean < 25) return { refused: 'no_face_found', hints: ['too_dark'] }
  if (Math.max(selfie.width, selfie.height) < 80) return { refused: 'no_face_found', hints: ['too_small'] }
  if (isBlurred(selfie)) return { refused: 'face_too_poor', hints: ['too_blurred'] }
  return { refused: 'no_face_found', hints: [] }
}

/** What to do better, for a face that can't be searched with. */
function faults({ box, parts }: DescribedFace, selfie: Pyramid): SelfieHint[] {
  const hints: SelfieHint[] = []
  if (box.width * selfie.width < MIN_WIDTH) hints.push('too_small')
  if (parts.sharpness < MIN_SHARPNESS) hints.push('too_blurred')
  if (parts.light < MIN_LIGHT) hints.push('too_dark')
  if (parts.pose < MIN_POSE) hints.push('turned_away')
  return hints
}

const MIN_SHARPNESS = 0.06
const MIN_LIGHT = 0.12
const MIN_POSE = 0.05
