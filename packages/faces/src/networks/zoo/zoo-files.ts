import type { ZooOutput } from './from-onnx.ts'

/** A file of the OpenCV Zoo and what is taken from it. */
export interface ZooFile {
  file: string
  /** Taken once from the wheel that `fetchZooFiles` names; nothing else is ever used. */
  sha256: string
  /** Folder of the zoo's repository. */
  folder: string
  order: 'rgb' | 'bgr'
  outputs: ZooOutput[]
}

export const ZOO_NAMES = ['yunet', 'sface'] as const
export type ZooName = (typeof ZOO_NAMES)[number]

const STRIDES = [8, 16, 32]
const heads = (name: string, prefix: string): ZooOutput => ({
  name,
  rank: 3,
  parts: STRIDES.map(stride => `${prefix}_${stride}`),
})

/**
 * YuNet (MIT) looks for faces: `classes` and `objects` are logits, `boxes` four numbers, each per cell of the grids of 8,
 * 16 and 32 pixels. SFace (Apache-2.0) distinguishes them: `embedding`, 128 numbers per chip.
 */
export const ZOO_FILES: Record<ZooName, ZooFile> = {
  yunet: {
    file: 'face_detection_yunet_2023mar_int8bq.onnx',
    sha256: '49f000ec501fef24739071fc7e68267d32209045b6822c0c72dce1da25726f10',
    folder: 'face_detection_yunet',
    order: 'bgr',
    outputs: [heads('classes', 'cls'), heads('objects', 'obj'), heads('boxes', 'bbox')],
  },
  sface: {
    file: 'face_recognition_sface_2021dec_int8bq.onnx',
    sha256: 'fb143eea07838aa532d1c95df5f69899974ea0140e1fba05e94204be13ed74ee',
    folder: 'face_recognition_sface',
    order: 'rgb',
    outputs: [{ name: 'embedding', rank: 2, parts: ['fc1'] }],
  },
}
