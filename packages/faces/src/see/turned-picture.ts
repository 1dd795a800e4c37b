import type { EmbeddedFace } from './describe-faces.ts'
import { pyramid, type Pyramid } from './image/pyramid.ts'
import { type Quarters, turn, turnBack } from './image/turn.ts'
import type { View } from './image/sample.ts'
import type { EngineRecipe, Turns } from './recipes.ts'
import type { FaceRuntime } from '../runtimes/runtime.ts'

const TURNS: readonly Quarters[] = [1, 3, 2]

/**
 * Chat programs strip what says which way up a photo is. The turns of a picture in which the detector is surer of a face
 * than as it came, the surest first; none for a picture that leaves no doubt.
 *
 * @param score what it said of the surest face as it came, or 0
 */
export async function surerTurns(
  runtime: FaceRuntime,
  { lookAt }: Pick<EngineRecipe, 'lookAt'>,
  { certain, surer: by, least: unseen, looks }: Turns,
  picture: Pyramid,
  score: number,
): Promise<{ quarters: Quarters; picture: Pyramid }[]> {
  if (score >= certain) return []
  const least = score === 0 ? unseen : Math.max(unseen, 1 / (1 + Math.exp(-logit(score) - by)))
  // A quarter of the pixels is enough here, and turning it costs less.
  const longest = Math.max(...looks.map(({ longSide }) => longSide))
  const small = picture.level(Math.max(1, Math.max(picture.width, picture.height) / longest)).image
  const surer: { quarters: Quarters; score: number }[] = []
  for (const quarters of TURNS) {
    const found = await surestIn(pyramid(turn(small, quarters)))
    if (found > 0) surer.push({ quarters, score: found })
  }
  return surer
    .toSorted((a, b) => b.score - a.score)
    .map(({ quarters }) => ({ quarters, picture: pyramid(turn(picture.level(1).image, quarters)) }))

  async function surestIn(turned: Pyramid): Promise<number> {
    for (const { border, longSide } of looks) {
      const seen = await lookAt(runtime, turned, withBorder(turned, border), longSide, least)
      if (seen.length > 0) return Math.max(...seen.map(box => box.score))
    }
    return 0
  }
}

/** The whole picture with room around it. @param border a share of its longer side */
export function withBorder({ width, height }: { width: number; height: number }, border: number): View {
  const room = border * Math.max(width, height)
  return { left: -room, top: -room, width: width + 2 * room, height: height + 2 * room }
}

const logit = (score: number): number => Math.log(score / (1 - score))

/** Faces of a turned picture, where they are in the picture as it came. */
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
