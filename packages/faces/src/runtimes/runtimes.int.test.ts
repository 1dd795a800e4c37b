import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { defaultFaceCache } from '../default-cache.ts'
import { createFaceEngine } from '../engine.ts'
import { MODEL_VERSIONS, type FaceEngineName } from '../engines.ts'
import { hasWeights, noWeights } from '../engines-testing.ts'
import { decodePhoto } from '../see/image/decode-photo.ts'
import { createPipeline } from '../see/pipeline.ts'
import { RECIPES } from '../see/recipes.ts'
import { createTfjsNodeRuntime, createTfjsWasmRuntime, loadTfjsNode } from './tfjs-server.ts'
import type { DetectedFace, RawImage } from '../types.ts'

const demo = join(dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')), 'demo')
const cacheDir = defaultFaceCache()
type OpenRuntime = typeof createTfjsWasmRuntime
const LIMIT = { timeout: 600_000 }

const distance = (a: DetectedFace, b: DetectedFace): number =>
  Math.hypot(...a.embedding.map((value, i) => value - b.embedding[i]!))

/** The largest distance, in pixels, between an edge of the one box and the same edge of the other. */
function boxShift({ box: a }: DetectedFace, { box: b }: DetectedFace, { width, height }: RawImage): number {
  const across = [a.x - b.x, a.x + a.width - b.x - b.width].map(shift => Math.abs(shift) * width)
  const down = [a.y - b.y, a.y + a.height - b.y - b.height].map(shift => Math.abs(shift) * height)
  return Math.max(...across, ...down)
}

/** What a runtime finds in six photos, and how far from what onnx finds there. */
async function compareWithOnnx(engine: FaceEngineName, open: OpenRuntime) {
  const onnx = await createFaceEngine({ engine, runtime: 'onnx', cacheDir })
  const networks = RECIPES[engine].networks
  const other = createPipeline(await open({ networks, folders: [cacheDir], threads: 1 }), engine)
  const { runtime, modelVersion } = other
  const result = { runtime, modelVersion, faces: [] as number[], farthest: 0, shift: 0 }
  for (const n of [1, 2, 3, 4, 5, 6]) {
    const photo = await decodePhoto(join(demo, `sample${n}.jpg`))
    const [here, there] = [await onnx.detect(photo), await other.detect(photo)]
    result.faces.push(there.length)
    const pairs = here.map((face, i) => [face, there[i]!] as const)
    result.farthest = Math.max(result.farthest, ...pairs.map(([a, b]) => distance(a, b)))
    result.shift = Math.max(result.shift, ...pairs.map(([a, b]) => boxShift(a, b, photo)))
  }
  await Promise.all([onnx.close(), other.close()])
  return result
}

const loads = loadTfjsNode(1)
const why = loads ? '' : ' [skipped: tfjs-node does not load here; npm run build:tfjs-node builds its native part]'
const wasm = { runtime: 'tfjs-wasm', open: createTfjsWasmRuntime, skip: false, note: '' }
const node = { runtime: 'tfjs-node', open: createTfjsNodeRuntime, skip: !loads, note: why }
const faceApi = { engine: 'face-api', faces: [3, 3, 3, 4, 5, 4] } as const
const sface = { engine: 'sface', faces: [3, 2, 3, 4, 5, 4] } as const

// spec/20: the same models, the same numbers to 1e-3, whichever runtime runs them.
describe.each([
  { ...wasm, ...faceApi },
  { ...node, ...faceApi },
  { ...wasm, ...sface, skip: !hasWeights, note: noWeights },
  { ...node, ...sface, skip: !loads || !hasWeights, note: why || noWeights },
])('$engine on $runtime', ({ engine, faces, runtime, open, skip, note }) => {
  test.skipIf(skip)(`gives the same boxes and embeddings as on onnx${note}`, LIMIT, async () => {
    const result = await compareWithOnnx(engine, open)
    expect(result).toMatchObject({ runtime, modelVersion: MODEL_VERSIONS[engine], faces })
    expect(result.farthest).toBeLessThan(1e-3)
    expect(result.shift).toBeLessThan(1)
  })
})

test.skipIf(!loads)(`FACE_RUNTIME=tfjs takes tfjs-node where it loads${why}`, LIMIT, async () => {
  const engine = await createFaceEngine({ engine: 'face-api', runtime: 'tfjs', cacheDir })
  expect(engine.runtime).toBe('tfjs-node')
  await engine.close()
})
