import { parseArgs } from 'node:util'
import { defaultFaceCache } from '../src/default-cache.ts'
import { createFaceEngine, type FaceEngineOptions } from '../src/engine.ts'
import { decodePhoto } from '../src/see/image/decode-photo.ts'
import type { DetectedFace } from '../src/types.ts'

const USAGE = `npm run faces -- detect <files> [--json] [--runtime auto|onnx|tfjs] [--cache <folder>]

Finds the faces of photos. --json: [{ file, faces: [{ box, score, quality, embedding }] }]`

interface Found {
  file: string
  faces: Pick<DetectedFace, 'box' | 'score' | 'quality' | 'embedding'>[]
  error?: string
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      runtime: { type: 'string', default: 'auto' },
      cache: { type: 'string', default: defaultFaceCache() },
      help: { type: 'boolean', default: false },
    },
  })
  const [command, ...files] = positionals
  if (values.help || command !== 'detect' || files.length === 0) {
    console.error(USAGE)
    return values.help ? 0 : 64
  }
  const found = await detect(files, { runtime: runtimeFrom(values.runtime), cacheDir: values.cache })
  if (values.json) console.log(JSON.stringify(found))
  else for (const one of found) console.log(describe(one))
  return found.some(({ error }) => error) ? 1 : 0
}

function runtimeFrom(name: string): FaceEngineOptions['runtime'] {
  if (name === 'auto' || name === 'onnx' || name === 'tfjs') return name
  throw new Error(`no such runtime: ${name}`)
}

async function detect(files: string[], options: FaceEngineOptions): Promise<Found[]> {
  const engine = await createFaceEngine({ engine: 'face-api', ...options })
  const found: Found[] = []
  for (const file of files) {
    try {
      const faces = await engine.detect(await decodePhoto(file))
      found.push({ file, faces: faces.map(({ landmarks: _landmarks, ...face }) => plain(face)) })
    } catch (error) {
      found.push({ file, faces: [], error: error instanceof Error ? error.message : String(error) })
    }
  }
  await engine.close()
  return found
}

/** JSON has no typed arrays: an embedding becomes a list of 128 numbers. */
function plain(face: Found['faces'][number]): Found['faces'][number] {
  return { ...face, embedding: Array.from(face.embedding) as unknown as Float32Array }
}

function describe({ file, faces, error }: Found): string {
  if (error) return `${file}: ${error}`
  const lines = faces.map(({ box, score, quality }) => {
    const place = [box.x, box.y, box.width, box.height].map(side => `${(side * 100).toFixed(1)}%`).join(' ')
    return `  ${place}  score ${score.toFixed(2)}  quality ${quality.toFixed(2)}`
  })
  return [`${file}: ${faces.length} faces`, ...lines].join('\n')
}

process.exitCode = await main()
