import type { FaceEngineName } from '../engines.ts'
import { alignToMeanFace, CHIP_SIZE } from './align.ts'
import { alignToFivePoints, FIVE_POINT_CHIP } from './align-five.ts'
import type { Candidate } from './boxes.ts'
import { lookAt } from './detect-boxes.ts'
import { findFaces } from './find-faces.ts'
import type { Pyramid } from './image/pyramid.ts'
import type { Similarity, View } from './image/sample.ts'
import { findFacesWithYunet, lookWithYunet } from './yunet.ts'
import type { FaceRuntime, NetworkName } from '../runtimes/runtime.ts'

/** One look at a picture. `border` is a share of its longer side: a face that fills it is only found with room around. */
export interface SelfieLook {
  border: number
  longSide: number
}

/** When a picture is looked at in its other turns, and which of them are worth reading. */
export interface Turns {
  looks: readonly SelfieLook[]
  /** What the detector says of an upright face that leaves no doubt; of others it rarely does. */
  certain: number
  /** By how much, as a logit, it must be surer of a turned picture: it finds many faces whichever way they are. */
  surer: number
  /** What it must say of a turned picture at least. */
  least: number
}

/** How a face's chip is cut and embedded. */
export interface EmbedderRecipe {
  network: NetworkName
  /** Side of the chip in pixels. */
  size: number
  /** From chip pixels to photo pixels, by 68 landmarks. */
  align(points: Float32Array): Similarity
  /** Whether the embedding is the mean of the chip's and of its mirror image's, which costs a second run. */
  mirrored: boolean
  /** Whether faces of quality 0, which distinguish nobody, get an embedding as well. */
  poorToo: boolean
}

/** What one engine does its own way; all else is shared. */
export interface EngineRecipe {
  /** What its runtime must be opened with. */
  networks: readonly NetworkName[]
  findFaces(runtime: FaceRuntime, photo: Pyramid): Promise<Candidate[]>
  lookAt(runtime: FaceRuntime, photo: Pyramid, view: View, longSide: number, minScore: number): Promise<Candidate[]>
  selfie: {
    /** Tried in turn until a face is found. */
    looks: readonly SelfieLook[]
    minScore: number
    turns: Turns
  }
  /** The look at a camera's live picture; null where the detector is too slow for several looks a second. */
  liveLook: SelfieLook | null
  /** The same for photos; null where they are only read as they came. */
  photoTurns: Turns | null
  embedder: EmbedderRecipe
}

export const RECIPES: Record<FaceEngineName, EngineRecipe> = {
  'face-api': {
    networks: ['detector', 'landmarks', 'embedder'],
    findFaces,
    lookAt,
    selfie: {
      // A smaller look sees blurred and dark faces that a larger one does not, and is cheaper.
      looks: [
        { border: 0, longSide: 512 },
        { border: 0.5, longSide: 256 },
        { border: 1, longSide: 320 },
        { border: 0.5, longSide: 512 },
        { border: 1, longSide: 512 },
      ],
      minScore: 0.5,
      turns: {
        looks: [
          { border: 0, longSide: 512 },
          { border: 0.5, longSide: 256 },
        ],
        certain: 0.97,
        surer: 0.8,
        least: 0.7,
      },
    },
    liveLook: null,
    photoTurns: null,
    embedder: { network: 'embedder', size: CHIP_SIZE, align: alignToMeanFace, mirrored: true, poorToo: true },
  },
  sface: {
    networks: ['yunet', 'landmarks', 'sface'],
    findFaces: findFacesWithYunet,
    lookAt: lookWithYunet,
    selfie: {
      // YuNet knows no faces of more than some 300 pixels.
      looks: [
        { border: 0, longSide: 320 },
        { border: 0, longSide: 640 },
        { border: 0.5, longSide: 256 },
        { border: 1, longSide: 320 },
        { border: 0.5, longSide: 640 },
      ],
      minScore: 0.6,
      // Of 85 upright selfies all but five get 0.91 or more; of their other turns none gets more than 0.90.
      turns: {
        looks: [
          { border: 0, longSide: 320 },
          { border: 0.5, longSide: 256 },
        ],
        certain: 0.91,
        surer: 0.3,
        least: 0.88,
      },
    },
    liveLook: { border: 0, longSide: 320 },
    // Of 79 upright photos with faces all get 0.90 or more; of their other turns one in twenty gets more than 0.88.
    photoTurns: { looks: [{ border: 0, longSide: 480 }], certain: 0.89, surer: 0.3, least: 0.9 },
    embedder: { network: 'sface', size: FIVE_POINT_CHIP, align: alignToFivePoints, mirrored: false, poorToo: false },
  },
}
