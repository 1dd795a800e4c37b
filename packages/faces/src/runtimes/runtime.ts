import type { FaceApiName } from '../networks/build-networks.ts'
import type { ZooName } from '../networks/zoo/zoo-files.ts'

/** 8-bit RGB pictures of one size, one after the other: `data.length === count * height * width * 3`. */
export interface PixelBatch {
  data: Uint8Array
  count: number
  height: number
  width: number
}

/** Runs an engine's networks; everything before and after is shared by all runtimes. */
export interface FaceRuntime {
  /** `onnx`, `tfjs-node`, `tfjs-wasm` … as named in logs and metrics. */
  readonly name: string
  /**
   * @param met those of the network's conditions that hold
   * @returns its outputs, in its own order
   * @throws Error when the runtime was opened without this network
   */
  run(network: NetworkName, pixels: PixelBatch, met?: readonly string[]): Promise<Float32Array[]>
  close(): Promise<void>
}

export type NetworkName = FaceApiName | ZooName
