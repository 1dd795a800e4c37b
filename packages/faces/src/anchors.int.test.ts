import { expect, test } from 'vitest'
import { boxAnchors } from './anchors.ts'
import { readModel } from './networks/read-models.ts'
import { readWeights, tensor } from './networks/weights.ts'

test('the rule for anchors gives the very list that the model carries for 512 pixels', async () => {
  const { manifest, bytes } = await readModel('detector')
  const corners = tensor(readWeights(manifest, bytes), 'Output/extra_dim').data
  const anchors = boxAnchors(512, 512)
  expect(anchors).toHaveLength(corners.length)
  let worst = 0
  for (let i = 0; i < corners.length; i += 4) {
    const [top = 0, left = 0, bottom = 0, right = 0] = corners.subarray(i, i + 4).map(value => value * 512)
    const expected = [(left + right) / 2, (top + bottom) / 2, right - left, bottom - top]
    expected.forEach((value, k) => (worst = Math.max(worst, Math.abs(value - (anchors[i + k] as number)))))
  }
  expect(worst).toBeLessThan(0.01)
})
