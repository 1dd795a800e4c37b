import { expect, test } from 'vitest'
import { missingWeights } from './missing-weights.ts'

test('a worker without the weights of the engine asked for says what is used instead, and what to do', () => {
  const said = missingWeights('sface', ['face-api'])
  expect(said).toContain('The weights of SFace were not found: new events are read with face-api.')
  expect(said).toContain('FACE_WEIGHTS_DIR')
})

test('nothing is said where nothing is lacking', () => {
  expect(missingWeights('sface', ['sface', 'face-api'])).toBeNull()
  expect(missingWeights('face-api', ['face-api'])).toBeNull()
})
