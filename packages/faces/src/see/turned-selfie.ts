import { suppress } from './boxes.ts'
import type { EmbeddedFace } from './describe-faces.ts'
import { pyramid, type Pyramid } from './image/pyramid.ts'
import { type Quarters, turn, turnBack } from './image/turn.ts'
import type { EngineRecipe } from './recipes.ts'
import type { FaceRuntime } from '../runtimes/runtime.ts'

const TURNS: readonly Quarters[] = [1, 3, 2]

/**
 * Chat programs strip what says which way up a photo is. The turns of a selfie in which the detector is surer of a face
 * than as it came, the surest first; none for a selfie that leaves no doubt.
 *
 * @param score what it said of the surest face as it came, or 0
 */
export async function surerTurns(
  runtime: FaceRuntime,
  recipe: EngineRecipe,
  selfie: Pyramid,
  score: number,
): Promise<{ quarters: Quarters; picture: Pyramid }[]> {
  const { certain, surer: by, least: unseen } = recipe.selfie
  if (score >= certain) return []
  const least = score === 0 ? unseen : 1 / (1 + Math.exp(-logit(score) - by))
  const surer: { quarters: Quarters; picture: Pyramid; score: number }[] = []
  for (const quarters of TURNS) {
    const picture = pyramid(turn(selfie.level(1).image, quarters))
    const found = await surestIn(runtime, recipe, picture, least)
    if (found > 0) surer.push({ quarters, picture, score: found })
  }
  return surer.toSorted((a, b) => b.score - a.score)
}

async function surestIn(runtime: FaceRuntime, recipe: EngineRecipe, picture: Pyramid, least: number): Promise<number> {
  for (const { border, longSide } of recipe.selfie.turnedLooks) {
    const room = border * Math.max(picture.width, picture.height)
    const view = { left: -room, top: -room, width: picture.width + 2 * room, height: picture.height + 2 * room }
    const seen = suppress(await recipe.lookAt(runtime, picture, view, longSide, least))
    if (seen.length > 0) return Math.max(...seen.map(box => box.score))
  }
  return 0
}

const logit = (score: number): number => Math.log(score / (1 - score))

/** A face of a turned selfie, where it is in the selfie as it came. */
export function facesBack(faces: readonly EmbeddedFace[], quarters: Quarters): EmbeddedFace[] {
  return faces.map(face => {
    const { x, y, width, height } = face.box
    const corners = [turnBack([x, y], quarters), turnBack([x + width, y + height], quarters)] as const
    const [left, top] = [Math.min(corners[0][0], corners[1][0]), Math.min(corners[0][1], corners[1][1])]
    const size = quarters === 2 ? { width, height } : { width: height, height: width }
    const landmarks = Float32Array.from(face.landmarks)
    for (let i = 0; i + 1 < landmarks.length; i += 2)
      landmarks.set(turnBack([landmarks[i] as number, landmarks[i + 1] as number], quarters), i)
    return { ...face, box: { x: left, y: top, ...size }, landmarks }
  })
}
