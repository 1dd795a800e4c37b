import { InferenceSession, Tensor } from 'onnxruntime-node'
import { expect, test } from 'vitest'
import { defaultFaceCache } from '../../default-cache.ts'
import { hasWeights, noWeights } from '../../engines-testing.ts'
import { branchPRelu } from '../branch-prelu.ts'
import { writeOnnx } from '../write-onnx.ts'
import { findZooFile } from './find-files.ts'
import { networkFromOnnx } from './from-onnx.ts'
import { ZOO_FILES, type ZooName } from './zoo-files.ts'

/** A picture of no face, the same everywhere. */
const pixels = (height: number, width: number): Tensor => {
  const data = Uint8Array.from({ length: height * width * 3 }, (_, i) => i * 7919 + Math.floor(i / 97) * 31 + 13)
  return new Tensor('uint8', data, [1, height, width, 3])
}

async function run(name: ZooName, picture: Tensor): Promise<Record<string, Float32Array>> {
  const network = networkFromOnnx((await findZooFile(name, [defaultFaceCache()]))!, { name, ...ZOO_FILES[name] })
  const session = await InferenceSession.create(Buffer.from(writeOnnx(branchPRelu(network))))
  const outputs = await session.run({ pixels: picture })
  return Object.fromEntries(Object.entries(outputs).map(([key, { data }]) => [key, data as Float32Array]))
}

const sigmoid = (value: number) => 1 / (1 + Math.exp(-value))

// The expected numbers come from the zoo's own files, run once by onnxruntime for Python after their weights were
// dequantised, and nothing else changed.
test.skipIf(!hasWeights)(`SFace says what the zoo's file says${noWeights}`, async () => {
  const { embedding } = await run('sface', pixels(112, 112))
  const expected = [-0.403, -0.5702, 0.0383, 0.0732, 0.2716, 0.7029, 0.5283, -0.0339]
  expected.forEach((value, i) => expect(embedding![i]).toBeCloseTo(value, 3))
  expect(Math.hypot(...embedding!)).toBeCloseTo(4.5287, 3)
})

test.skipIf(!hasWeights)(`YuNet says what the zoo's file says, on each of its grids${noWeights}`, async () => {
  const { classes, objects, boxes } = await run('yunet', pixels(64, 96))
  expect(classes).toHaveLength(96 + 24 + 6)
  const expected = [
    { row: 0, classes: [0.63616, 0.65935, 0.63777], objects: [0, 0, 0], boxes: [0.24078, 0.127, 0.95856] },
    { row: 96, classes: [0.53845, 0.53138, 0.53177], objects: [4e-5, 1e-5, 1e-5], boxes: [0.41892, 0.40672, 0.05917] },
    { row: 120, classes: [0.51908, 0.52783, 0.54578], objects: [3e-5, 5e-5, 4e-5], boxes: [0.91128, 0.92309, 0.81898] },
  ]
  for (const { row, ...grid } of expected) {
    for (const i of [0, 1, 2]) {
      expect(sigmoid(classes![row + i]!)).toBeCloseTo(grid.classes[i]!, 4)
      expect(sigmoid(objects![row + i]!)).toBeCloseTo(grid.objects[i]!, 4)
      expect(boxes![row * 4 + i]).toBeCloseTo(grid.boxes[i]!, 4)
    }
  }
})
