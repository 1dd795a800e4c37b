import { engineOf, type FaceEngineName } from '../engines.ts'

/** Euclidean distance beyond which nobody is the same person, by engine (embeddings of length 1.4). */
const BOUNDS: Record<FaceEngineName, number> = { sface: 1.54, 'face-api': 0.6 }

/** The outer bound of a match between faces of a model version; for a version of no engine, the narrowest there is. */
export const outerBound = (modelVersion: string): number => BOUNDS[engineOf(modelVersion) ?? 'face-api']
