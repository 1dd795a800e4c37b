import { parseArgs } from 'node:util'
import { defaultFaceCache } from '../src/default-cache.ts'
import { openFaceEngines, type FaceEngineOptions } from '../src/engine.ts'
import { FACE_ENGINES, type FaceEngineName } from '../src/engines.ts'
import { decodePhoto } from '../src/see/image/decode-photo.ts'
import type { DetectedFace } from '../src/types.ts'

const USAGE = `npm run faces -- detect <files> [--json] [--engine sface|face-api] [--runtime auto|onnx|tfjs]
  [--cache <folder>]

Finds the faces of photos, with sface where its weights are. --json: [{ file, faces: [{ box, score, quality, embedding }] }]`

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
      engine: { type: 'string' },
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
  const options = { runtime: runtimeFrom(values.runtime), cacheDir: values.cache }
  const found = await detect(files, engineFrom(values.engine), options)
  if (values.json) console.log(JSON.stringify(found))
  else for (const one of found) console.log(describe(one))
  return found.some(({ error }) => error) ? 1 : 0
}

function engineFrom(name: string | undefined): FaceEngineName | undefined {
  const found = FACE_ENGINES.find(engine => engine === name)
  if (name && !found) throw new Error(`no such engine: ${name}`)
  return found
}

function runtimeFrom(name: string): FaceEngineOptions['runtime'] {
  if (name === 'auto' || name === 'onnx' || name === 'tfjs') return name
  throw new Error(`no such runtime: ${name}`)
}

async function detect(
  files: string[],
  wanted: FaceEngineName | undefined,
  options: FaceEngineOptions,
): Promise<Found[]> {
  const engines = await openFaceEngines({ preferred: 'sface', ...options })
  const engine = await engines.open(wanted ?? engines.available[0] ?? 'face-api')
  const found: Found[] = []
  for (const file of files) {
    try {
      const faces = await engine.detect(await decodePhoto(file))
      found.push({ file, faces: faces.map(({ landmarks: _landmarks, ...face }) => plain(face)) })
    } catch (error) {
      found.push({ file, faces: [], error: error instanceof Error ? error.message : String(error) })
    }
  }
  await engines.close()
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
