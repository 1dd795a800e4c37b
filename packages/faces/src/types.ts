/** Interleaved 8-bit RGB, `data.length === width * height * 3`, EXIF orientation already applied. */
export interface RawImage {
  width: number
  height: number
  data: Uint8Array
}

/** Relative to the upright photo: every number 0..1, origin top left. */
export interface Box {
  x: number
  y: number
  width: number
  height: number
}

/** One face of a photo, as it is stored. */
export interface DetectedFace {
  box: Box
  /** 68 points as x0, y0, x1, y1 …, relative like the box. */
  landmarks: Float32Array
  /** Detector's score 0..1. */
  score: number
  /** 0..1 from sharpness, size, light and pose; what the calibrated confidence reads. */
  quality: number
  /** 128 float32 of length 1.4, unit-free; compared by Euclidean distance. */
  embedding: Float32Array
}

export type SelfieFault = 'no_face_found' | 'face_too_poor'
export type SelfieHint = 'too_small' | 'too_blurred' | 'too_dark' | 'turned_away'

export type SelfieReading =
  | { kind: 'faces'; faces: DetectedFace[] }
  | { kind: 'refused'; fault: SelfieFault; hints: SelfieHint[] }

/** What a program needs of the face models; pre- and post-processing are the same whichever runtime is under it. */
export interface FaceEngine {
  /** Which runtime runs the networks, as named in logs and metrics: `onnx`, `tfjs-node`, `tfjs-wasm`, `onnx-web`. */
  readonly runtime: string
  /** Stored with every face; embeddings of two versions are never compared. */
  readonly modelVersion: string
  /** Every face in a photo that distinguishes somebody, largest first. */
  detect(image: RawImage): Promise<DetectedFace[]>
  /** The faces of a selfie, or why it cannot be used and what to do about it. */
  readSelfie(image: RawImage): Promise<SelfieReading>
  close(): Promise<void>
}
