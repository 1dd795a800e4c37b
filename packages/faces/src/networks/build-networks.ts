import { detectorNetwork } from './detector.ts'
import { embedderNetwork } from './embedder.ts'
import { landmarkNetwork } from './landmarks.ts'
import type { Network } from './network.ts'
import { readWeights, type WeightManifest, type Weights } from './weights.ts'

export const FACE_API_NAMES = ['detector', 'landmarks', 'embedder'] as const
export type FaceApiName = (typeof FACE_API_NAMES)[number]
export const isFaceApiName = (name: string): name is FaceApiName => (FACE_API_NAMES as readonly string[]).includes(name)

/** File names of @vladmandic/face-api's models: `<stem>-weights_manifest.json` and `<stem>.bin`. */
export const MODEL_STEMS: Record<FaceApiName, string> = {
  detector: 'ssd_mobilenetv1_model',
  landmarks: 'face_landmark_68_model',
  embedder: 'face_recognition_model',
}

const BUILDERS: Record<FaceApiName, (weights: Weights) => Network> = {
  detector: detectorNetwork,
  landmarks: landmarkNetwork,
  embedder: embedderNetwork,
}

/** @param bytes the model's `.bin` */
export function buildNetwork(name: FaceApiName, manifest: WeightManifest, bytes: Uint8Array): Network {
  return BUILDERS[name](readWeights(manifest, bytes))
}
