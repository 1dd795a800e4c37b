import { area, suppress, type Candidate } from './boxes.ts'
import { relativeBox } from './describe-faces.ts'
import { pyramid, type Pyramid } from './image/pyramid.ts'
import type { EngineRecipe, SelfieLook } from './recipes.ts'
import { withBorder } from './turned-picture.ts'
import type { FaceRuntime } from '../runtimes/runtime.ts'
import type { Box, RawImage } from '../types.ts'

/** One look for faces of which a selfie may be, largest first, in pixels of it. */
export async function lookForSelfieFaces(
  runtime: FaceRuntime,
  recipe: EngineRecipe,
  selfie: Pyramid,
  { border, longSide }: SelfieLook,
): Promise<Candidate[]> {
  const view = withBorder(selfie, border)
  const found = suppress(await recipe.lookAt(runtime, selfie, view, longSide, recipe.selfie.minScore))
  return found.toSorted((a, b) => area(b) - area(a))
}

/** Where faces are in a camera's live picture, largest first: one look, without anything that distinguishes them. */
export async function findLiveFaces(
  runtime: FaceRuntime,
  recipe: EngineRecipe,
  look: SelfieLook,
  picture: RawImage,
): Promise<Box[]> {
  const photo = pyramid(picture)
  const found = await lookForSelfieFaces(runtime, recipe, photo, look)
  return found.map(candidate => relativeBox(candidate, photo))
}
