import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { defaultFaceCache } from '@pix/faces/default-cache.ts'
import { createFaceEngine } from '@pix/faces/engine.ts'
import { findMatches } from '@pix/faces/judge/find-matches.ts'
import { decodePhoto } from '@pix/faces/see/image/decode-photo.ts'
import { createEventIndex, type EventIndex } from '@pix/faces/index/event-index.ts'
import type { DetectedFace } from '@pix/faces/types.ts'
import { scoreEvent, type Shown } from './face-scores.ts'
import { countRecall, DEFAULT_EVENT, readFaceEvent, type FaceEvent } from './face-event.ts'
import { startFacePeer } from './face-peer.ts'
import { scoreVerification, type FoundFace, type Reading, type VerificationRow } from './face-verification.ts'

const USAGE = `npm run eval:faces -- [--event <folder>] [--threshold 0.6] [--python python3] [--json]

How well faces are told apart on a folder laid out like shared/data/event_demo: verification (false accepts and rejects),
detection recall, and recall and precision of a whole event searched by selfie, where sure and likely count as found.`

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      event: { type: 'string', default: DEFAULT_EVENT },
      threshold: { type: 'string', default: '0.6' },
      python: { type: 'string', default: 'python3' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    console.error(USAGE)
    return 0
  }
  const event = readFaceEvent(values.event)
  const ours = await evaluateOurs(event, Number(values.threshold))
  const peer = await evaluatePeer(event, values.python)
  const report = {
    verification: scoreVerification(event, ours.reading, peer?.reading ?? null),
    detection: { recall: ours.detection, peerRecall: peer?.detection ?? null },
    event: { ...ours.event, peer: peer?.event ?? null },
  }
  if (values.json) console.log(JSON.stringify(report))
  else print(report)
  return 0
}

async function evaluateOurs(event: FaceEvent, threshold: number) {
  const engine = await createFaceEngine({
    engine: 'face-api',
    runtime: 'auto',
    cacheDir: defaultFaceCache(),
  })
  const index = createEventIndex({ modelVersion: engine.modelVersion })
  const photos = new Map<string, DetectedFace[]>()
  for (const file of event.photos) {
    const name = basename(file)
    const faces = await engine.detect(await decodePhoto(file))
    photos.set(name, faces)
    index.add(
      faces.map((face, i) => ({
        faceId: `${name}#${i}`,
        photoId: name,
        quality: face.quality,
        embedding: face.embedding,
      })),
    )
  }
  const selfies = new Map<string, DetectedFace>()
  for (const { name, file } of event.selfies) {
    const reading = await engine.readSelfie(await decodePhoto(file))
    if (reading.kind === 'faces' && reading.faces[0]) selfies.set(name, reading.faces[0])
  }
  await engine.close()
  const shown = event.selfies.flatMap(({ name }) => showFor(index, name, selfies.get(name), threshold))
  return {
    reading: { selfies: new Map([...selfies].map(([name, face]) => [name, face.embedding])), photos },
    detection: countRecall(event, new Map([...photos].map(([name, faces]) => [name, faces.length]))),
    event: { selfiesRead: selfies.size, ...scoreEvent(event, shown) },
  }
}

function showFor(index: EventIndex, selfie: string, face: DetectedFace | undefined, threshold: number): Shown[] {
  if (!face) return []
  return findMatches(index, face, threshold)
    .filter(({ band }) => band !== 'maybe')
    .map(({ photoId }) => ({ selfie, photo: photoId }))
}

/** The same questions put to face_recognition, which knows one threshold and no confidence. */
async function evaluatePeer(event: FaceEvent, python: string) {
  const peer = await startFacePeer(python, 1600)
  if (!peer) return null
  const photos = new Map<string, FoundFace[]>()
  for (const file of event.photos) {
    const { boxes, embeddings } = await peer.read(file)
    const faces = boxes.map(([x, y, width, height], i) => ({
      box: { x, y, width, height },
      embedding: embeddings[i] ?? [],
    }))
    photos.set(basename(file), faces)
  }
  const selfies = new Map<string, ArrayLike<number>>()
  for (const { name, file } of event.selfies) {
    const [first] = (await peer.read(file)).embeddings
    if (first) selfies.set(name, first)
  }
  peer.close()
  return {
    reading: { selfies, photos },
    detection: countRecall(event, new Map([...photos].map(([name, faces]) => [name, faces.length]))),
    event: [0.5, 0.55, 0.6].map(threshold => {
      const { recall, precision } = scoreEvent(event, within({ selfies, photos }, threshold))
      return { threshold, recall, precision }
    }),
  }
}

function within({ selfies, photos }: Reading, threshold: number): Shown[] {
  const close = (a: ArrayLike<number>, b: ArrayLike<number>) =>
    Math.hypot(...Array.from(a, (value, i) => value - (b[i] ?? 0))) <= threshold
  return [...selfies].flatMap(([selfie, probe]) =>
    [...photos]
      .filter(([, faces]) => faces.some(({ embedding }) => close(probe, embedding)))
      .map(([photo]) => ({ selfie, photo })),
  )
}

interface Report {
  verification: VerificationRow[]
  detection: { recall: number | null; peerRecall: number | null }
  event: Omit<Awaited<ReturnType<typeof evaluateOurs>>['event'], never> & { peer: object[] | null }
}

function print({ verification, detection, event }: Report): void {
  console.log('verification')
  console.table(verification.map(tableRow))
  console.log(
    `detection recall ${detection.recall?.toFixed(3)}, peer ${detection.peerRecall?.toFixed(3) ?? 'not installed'}`,
  )
  const { slices, peer, ...whole } = event
  console.log('whole event by selfie', whole)
  console.table(slices)
  if (peer) console.table(peer)
}

const tableRow = ({ threshold, frrAtFar0001, interval, farAt06, frrAt06, ...row }: VerificationRow) => ({
  ...row,
  'FAR 0.1 % at': threshold?.toFixed(3) ?? '',
  'FRR there': frrAtFar0001?.toFixed(3) ?? '',
  '95 %': interval?.map(value => value.toFixed(3)).join('–') ?? '',
  'FAR at 0.6': farAt06.toFixed(4),
  'FRR at 0.6': frrAt06.toFixed(3),
})

process.exitCode = await main()
