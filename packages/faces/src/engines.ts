/** The face engines there are: `sface` distinguishes more people, `face-api` needs no weights but its package's. */
export const FACE_ENGINES = ['sface', 'face-api'] as const
export type FaceEngineName = (typeof FACE_ENGINES)[number]

/**
 * Stored with every face; embeddings of two versions are never compared. A version changes whenever the embeddings of
 * one face would: by other networks, alignment, mirroring or length.
 */
export const MODEL_VERSIONS: Record<FaceEngineName, string> = {
  sface: 'sface-2021dec-int8bq-2',
  'face-api': 'dlib-resnet-aligned-mirrored-2',
}

/** The engine that makes embeddings of this version; undefined for a version that no engine makes any more. */
export const engineOf = (modelVersion: string): FaceEngineName | undefined =>
  FACE_ENGINES.find(name => MODEL_VERSIONS[name] === modelVersion)
