/** 8-bit RGB pictures of one size, one after the other: `data.length === count * height * width * 3`. */
export interface PixelBatch {
  data: Uint8Array
  count: number
  height: number
  width: number
}

/** Runs the three networks; everything before and after is shared by all runtimes. */
export interface FaceRuntime {
  /** `onnx`, `tfjs-node`, `tfjs-wasm` … as told in logs and metrics. */
  readonly name: string
  /**
   * @param largeToo also on the grids for faces of more than some 100 pixels, which cost a sixth of it
   * @returns per picture and anchor, four encoded box numbers and one score logit
   */
  detect(pixels: PixelBatch, largeToo: boolean): Promise<{ boxes: Float32Array; logits: Float32Array }>
  /** @param pixels 112 × 112 crops @returns 136 numbers per crop: x and y by turns, relative to it */
  landmarks(pixels: PixelBatch): Promise<Float32Array>
  /** @param pixels 150 × 150 aligned chips @returns 128 numbers per chip */
  embed(pixels: PixelBatch): Promise<Float32Array>
  close(): Promise<void>
}

export const NETWORK_NAMES = ['detector', 'landmarks', 'embedder'] as const
export type NetworkName = (typeof NETWORK_NAMES)[number]
