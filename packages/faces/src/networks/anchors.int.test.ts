import { expect, test } from 'vitest'
import { anchorAt } from './anchors.ts'
import { readModel } from './read-models.ts'
import { readWeights, tensor } from './weights.ts'

test('the rule for anchors gives the very list that the model carries for 512 pixels', async () => {
  const { manifest, bytes } = await readModel('detector')
  const corners = tensor(readWeights(manifest, bytes), 'Output/extra_dim').data
  let worst = 0
  for (let i = 0; i < corners.length; i += 4) {
    const [top = 0, left = 0, bottom = 0, right = 0] = corners.subarray(i, i + 4).map(value => value * 512)
    const expected = [(left + right) / 2, (top + bottom) / 2, right - left, bottom - top]
    const { x, y, width, height } = anchorAt(i / 4, 512, 512)
    const given = [x, y, width, height]
    expected.forEach((value, k) => (worst = Math.max(worst, Math.abs(value - (given[k] as number)))))
  }
  expect(worst).toBeLessThan(0.01)
  expect(() => anchorAt(corners.length / 4, 512, 512)).toThrow(RangeError)
})
