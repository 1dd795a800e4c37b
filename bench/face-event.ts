import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'

export interface TruthRow {
  selfie: string
  photo: string
  identity: string
  kind: string
  /** Width of the face in the photo as taken; null where unknown. */
  facePx: number | null
  note: string
}

/** A folder laid out like the demo event of the developers' data: photos, selfies, and who is on what. */
export interface FaceEvent {
  photos: string[]
  selfies: { name: string; file: string; expect: string }[]
  truth: TruthRow[]
  ignored: Set<string>
  /** Pairs of selfie and photo that truth.csv lacks, though the photo shows the person: `corrections.csv`. */
  corrected: Set<string>
  /** How each photo was made: `synthetic`, `real`. */
  photoKinds: Map<string, string>
  /** Photos of which it is known who is on them. */
  peopleKnown: Set<string>
  /** Number of faces of the photos where it is known. */
  faceCounts: Map<string, number>
}

type Row = Record<string, string>

export const DEFAULT_EVENT = join(import.meta.dirname, '../../shared/data/event_demo')
export const pairKey = (selfie: string, photo: string): string => `${selfie}\t${photo}`

const CORRECTIONS = join(import.meta.dirname, 'calibration/truth-corrections.csv')

/** What the list of who is on what lacks, as (selfie, photo), each with a sentence why. */
export const readCorrections = (): Row[] =>
  parse(readFileSync(CORRECTIONS), { columns: true, skip_empty_lines: true }) as Row[]

/** @throws Error when the folder has no photos */
export function readFaceEvent(folder: string): FaceEvent {
  const rows = (name: string): Row[] => {
    const file = join(folder, name)
    return existsSync(file) ? (parse(readFileSync(file), { columns: true, skip_empty_lines: true }) as Row[]) : []
  }
  const photos = readdirSync(join(folder, 'photos'))
    .sort()
    .map(name => join(folder, 'photos', name))
  const expected = new Map(rows('selfies.csv').map(row => [row.selfie ?? '', row.expect ?? '']))
  const described = rows('photos.csv')
  const names = existsSync(join(folder, 'selfies')) ? readdirSync(join(folder, 'selfies')).sort() : []
  return {
    photos,
    selfies: names.map(name => ({ name, file: join(folder, 'selfies', name), expect: expected.get(name) ?? '' })),
    truth: rows('truth.csv').map(row => ({
      selfie: row.selfie ?? '',
      photo: row.photo ?? '',
      identity: row.identity ?? '',
      kind: row.kind ?? '',
      facePx: row.face_px ? Number(row.face_px) : null,
      note: row.note ?? '',
    })),
    ignored: new Set(rows('ignore.csv').map(row => pairKey(row.selfie ?? '', row.photo ?? ''))),
    corrected: new Set(readCorrections().map(row => pairKey(row.selfie ?? '', row.photo ?? ''))),
    photoKinds: new Map(described.map(row => [row.photo ?? '', row.kind ?? ''])),
    peopleKnown: new Set(described.filter(row => row.people).map(row => row.photo ?? '')),
    faceCounts: new Map(described.filter(row => row.faces).map(row => [row.photo ?? '', Number(row.faces)])),
  }
}

/** Found faces as a share of the known number. More than that number count as that number. */
export function countRecall(event: FaceEvent, found: ReadonlyMap<string, number>): number | null {
  let [seen, known] = [0, 0]
  for (const [photo, count] of event.faceCounts) {
    const here = found.get(photo)
    if (here === undefined) continue
    known += count
    seen += Math.min(here, count)
  }
  return known === 0 ? null : seen / known
}
