import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { defaultFaceCache } from '@pix/faces/default-cache.ts'
import { createFaceEngine, openRuntime } from '@pix/faces/engine.ts'
import { FACE_ENGINES, type FaceEngineName } from '@pix/faces/engines.ts'
import { RECIPES } from '@pix/faces/see/recipes.ts'
import { LEAST_SIDE } from '@pix/faces/see/yunet.ts'
import { decodePhoto } from '@pix/faces/see/image/decode-photo.ts'
import type { Box } from '@pix/faces/types.ts'
import { detectionCurve, KINDS, SEVERAL, type Curve } from './face-curve.ts'
import { countRecall, DEFAULT_EVENT, readFaceEvent, type FaceEvent } from './face-event.ts'
import { startFacePeer } from './face-peer.ts'

const USAGE = `npm run bench:faces -- [--engine sface|face-api] [--event <folder>] [--photos <n>]
  [--runtime auto|onnx|tfjs] [--python python3] [--peer-side 1600 (0: as the photo comes)] [--json]

CPU time of finding, aligning and embedding all faces, one thread, side by side with Python's face_recognition (HOG, one
upsampling) where it is installed: pip install dlib-bin "setuptools<81"; pip install --no-deps face_recognition
face_recognition_models. Decoding is left out on both sides and printed apart. Below it, on the photos with several
faces, the recall of boxes against the CPU of finding them, for fixed sizes of the detector's input and for ours.`

interface Figures {
  cpuMsPerPhoto: number
  faces: number
  cpuMsPerEmbedding: number
  rssMb: number
  recall: number | null
  /** Photos with ten or more faces alone. */
  crowds: { photos: number; cpuMsPerPhoto: number; recall: number | null }
}

const CACHE = defaultFaceCache()
const CROWD = 10
const cpuMs = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      engine: { type: 'string', default: FACE_ENGINES[0] },
      event: { type: 'string', default: DEFAULT_EVENT },
      photos: { type: 'string' },
      runtime: { type: 'string', default: 'auto' },
      python: { type: 'string', default: 'python3' },
      'peer-side': { type: 'string', default: '1600' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    console.error(USAGE)
    return 0
  }
  const event = readFaceEvent(values.event)
  const photos = event.photos.slice(0, values.photos ? Number(values.photos) : undefined)
  const choice: Choice = { engine: engineFrom(values.engine), runtime: values.runtime as Choice['runtime'] }
  const peerSide = Number(values['peer-side'])
  const { ours, decodeCpuMs, selfieCpuMs, name } = await measureOurs(event, photos, choice)
  const { peer, boxes } = await measurePeer(event, photos, values.python, peerSide)
  const curve = await measureCurve(photos, choice, boxes)
  const report = {
    photos: photos.length,
    engine: choice.engine,
    runtime: name,
    ours,
    peer,
    ratio: peer && ours.cpuMsPerPhoto / peer.cpuMsPerPhoto,
    crowdRatio: peer && ours.crowds.cpuMsPerPhoto / peer.crowds.cpuMsPerPhoto,
    selfieCpuMs,
    decodeCpuMs,
    recall: ours.recall,
    curve,
  }
  if (values.json) console.log(JSON.stringify(report))
  else print(report, peerSide)
  return 0
}

interface Choice {
  engine: FaceEngineName
  runtime: 'auto' | 'onnx' | 'tfjs'
}

function engineFrom(name: string): FaceEngineName {
  const found = FACE_ENGINES.find(engine => engine === name)
  if (!found) throw new Error(`no such engine: ${name}`)
  return found
}

async function measureOurs(event: FaceEvent, photos: string[], choice: Choice) {
  const engine = await createFaceEngine({ ...choice, cacheDir: CACHE })
  const [first] = photos
  if (first) await engine.detect(await decodePhoto(first)) // compiles, allocates: not part of the second photo's cost
  const seen = new Map<string, { ms: number; faces: number }>()
  const decoding: number[] = []
  for (const photo of photos) {
    const begun = cpuMs()
    const image = await decodePhoto(photo)
    const decoded = cpuMs()
    const faces = await engine.detect(image)
    decoding.push(decoded - begun)
    seen.set(basename(photo), { ms: cpuMs() - decoded, faces: faces.length })
  }
  const selfies: number[] = []
  for (const { file } of event.selfies.slice(0, 20)) {
    const image = await decodePhoto(file)
    const begun = cpuMs()
    await engine.readSelfie(image)
    selfies.push(cpuMs() - begun)
  }
  const rssMb = process.memoryUsage().rss / 2 ** 20
  await engine.close()
  const ours = summarise(event, seen, await embeddingCost(choice), rssMb)
  return { ours, decodeCpuMs: mean(decoding), selfieCpuMs: mean(selfies), name: engine.runtime }
}

/** One run of the embedder on one chip, in batches as the engine makes them; face-api's faces take two, for the mirror. */
async function embeddingCost({ engine, runtime: name }: Choice): Promise<number> {
  const { network, size } = RECIPES[engine].embedder
  const runtime = await openRuntime([network], { runtime: name, cacheDir: CACHE })
  const pixels = { data: new Uint8Array(8 * size * size * 3).fill(90), count: 8, height: size, width: size }
  await runtime.run(network, pixels)
  const begun = cpuMs()
  for (let round = 0; round < 10; round++) await runtime.run(network, pixels)
  const cost = (cpuMs() - begun) / 80
  await runtime.close()
  return cost
}

async function measureCurve(photos: string[], { engine, runtime: name }: Choice, peer: PeerBoxes): Promise<Curve> {
  const networks = new Set([...RECIPES['face-api'].networks, ...RECIPES[engine].networks])
  const runtime = await openRuntime([...networks], { runtime: name, cacheDir: CACHE })
  const curve = await detectionCurve({ runtime, ...RECIPES[engine] }, photos, peer)
  await runtime.close()
  return curve
}

type PeerBoxes = Map<string, { boxes: Box[]; ms: number }>

async function measurePeer(
  event: FaceEvent,
  photos: string[],
  python: string,
  side: number,
): Promise<{ peer: Figures | null; boxes: PeerBoxes }> {
  const boxes: PeerBoxes = new Map()
  const peer = await startFacePeer(python, side)
  if (!peer) return { peer: null, boxes }
  const seen = new Map<string, { ms: number; faces: number }>()
  let [embedMs, faces, rssMb] = [0, 0, 0]
  for (const photo of photos) {
    const answer = await peer.read(photo)
    seen.set(basename(photo), { ms: answer.cpuMs, faces: answer.embeddings.length })
    boxes.set(basename(photo), {
      boxes: answer.boxes.map(([x, y, width, height]) => ({ x, y, width, height })),
      ms: answer.cpuMs - answer.embedMs,
    })
    embedMs += answer.embedMs
    faces += answer.embeddings.length
    rssMb = Math.max(rssMb, answer.rssMb)
  }
  peer.close()
  return { peer: summarise(event, seen, embedMs / Math.max(1, faces), rssMb), boxes }
}

function summarise(
  event: FaceEvent,
  seen: ReadonlyMap<string, { ms: number; faces: number }>,
  cpuMsPerEmbedding: number,
  rssMb: number,
): Figures {
  const counts = (names: string[]) => new Map(names.map(name => [name, seen.get(name)?.faces ?? 0]))
  const crowds = [...seen.keys()].filter(name => (event.faceCounts.get(name) ?? 0) >= CROWD)
  const cost = (names: string[]) => mean(names.map(name => seen.get(name)?.ms ?? 0))
  return {
    cpuMsPerPhoto: cost([...seen.keys()]),
    faces: [...seen.values()].reduce((sum, { faces }) => sum + faces, 0),
    cpuMsPerEmbedding,
    rssMb,
    recall: countRecall(event, counts([...seen.keys()])),
    crowds: { photos: crowds.length, cpuMsPerPhoto: cost(crowds), recall: countRecall(event, counts(crowds)) },
  }
}

interface Report {
  photos: number
  engine: FaceEngineName
  runtime: string
  ours: Figures
  peer: Figures | null
  ratio: number | null
  crowdRatio: number | null
  selfieCpuMs: number
  decodeCpuMs: number
  curve: Curve
}

const row = (who: string, { cpuMsPerPhoto, faces, recall, cpuMsPerEmbedding, rssMb, crowds }: Figures) => ({
  who,
  'CPU ms/photo': Math.round(cpuMsPerPhoto),
  faces,
  recall: recall === null ? '' : recall.toFixed(3),
  'ms/embedding': cpuMsPerEmbedding.toFixed(1),
  'RSS MB': Math.round(rssMb),
  [`CPU ms, ≥ ${CROWD} faces`]: Math.round(crowds.cpuMsPerPhoto),
  [`recall, ≥ ${CROWD} faces`]: crowds.recall === null ? '' : crowds.recall.toFixed(3),
})

function print(
  { photos, engine, runtime, ours, peer, ratio, crowdRatio, selfieCpuMs, decodeCpuMs, curve }: Report,
  side: number,
): void {
  console.log(
    `${photos} photos, ${engine} on ${runtime}; CPU of one selfie ${selfieCpuMs.toFixed(0)} ms, of decoding a photo ${decodeCpuMs.toFixed(0)} ms`,
  )
  console.table([row('ours', ours), ...(peer ? [row(`face_recognition, HOG, ${side || 'own'} px`, peer)] : [])])
  if (ratio !== null) console.log(`ratio ${ratio.toFixed(3)}, with ten or more faces ${(crowdRatio ?? 0).toFixed(3)}`)
  else console.log('face_recognition is not installed for this python: no peer')
  printCurve(curve)
}

function printCurve({ photos, known, crowds, points }: Curve): void {
  console.log(
    `finding alone, ${photos} photos with ${SEVERAL} or more faces; ${crowds.photos} crowds with ${CROWD} or more. ` +
      `Known faces: ${counted(known)}; in crowds ${counted(crowds.known)}`,
  )
  console.table(
    points.map(({ looks, cpuMsPerPhoto, recall, others, crowds: inCrowds }) => ({
      looks,
      'CPU ms/photo': Math.round(cpuMsPerPhoto),
      recall: ratios(recall),
      'other boxes': others,
      [`CPU ms, ≥ ${CROWD} faces`]: Math.round(inCrowds.cpuMsPerPhoto),
      [`recall, ≥ ${CROWD} faces`]: ratios(inCrowds.recall),
    })),
  )
  console.log(`recall: of all known faces, of those of ${LEAST_SIDE} pixels and more, of those of quality above 0`)
}

const counted = ({ all, large, usable }: Curve['known']) =>
  `${all}, ${large} of ${LEAST_SIDE} pixels and more, ${usable} of quality above 0`
const ratios = (recall: Curve['known']) => KINDS.map(kind => recall[kind].toFixed(3)).join(' / ')

process.exitCode = await main()
