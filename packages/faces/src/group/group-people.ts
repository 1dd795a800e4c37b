import { type Calibration, calibrationFor, distanceForExpectedWrong } from '../judge/calibrate.ts'
import { DIMENSIONS } from '../index/embedding.ts'
import type { EventIndex } from '../index/event-index.ts'

/** A face held by the index. */
export interface GroupedFace {
  faceId: string
  photoId: string
  /** 0..1 */
  quality: number
}

interface Person {
  id: string
  faces: GroupedFace[]
  photos: Set<string>
  /** The sum of the embeddings of those of its faces that the index holds, and their number. */
  sum: Float32Array
  held: number
}

/** Faces of less quality resemble each other more than they resemble their own person; they stay without a person. */
const LEAST_QUALITY = 0.2

/**
 * Who is who among an event's faces: face to person. Faces are taken in the order of their ids, which is the order of
 * their making; each joins the person whose middle it lies nearest to, if that is near enough, or founds one under its
 * own id. So the same faces always give the same people, and faces that come later leave earlier ids alone; when a later
 * face shows that two people are one, the older id stays. Two faces in one photo are never one person.
 *
 * The middle of several faces says much better who somebody is than any one of them. One search of the index per face.
 *
 * @param known people decided before (face to person): kept, whatever has happened to the faces that founded them
 */
export function groupPeople(
  faces: readonly GroupedFace[],
  index: EventIndex,
  known: ReadonlyMap<string, string> = new Map(),
  calibration: Calibration = calibrationFor(index.modelVersion),
): Map<string, string> {
  const people = new Map<string, Person>()
  const personOf = new Map<string, Person>()
  const reach = reachFor(index.size, calibration)

  function place(face: GroupedFace, person: Person): void {
    people.set(person.id, person)
    person.faces.push(face)
    person.photos.add(face.photoId)
    personOf.set(face.faceId, person)
  }

  /** Places a face, and moves the person's middle towards it. */
  function join(face: GroupedFace, person: Person, embedding: Float32Array | undefined): void {
    place(face, person)
    if (embedding) addTo(person, embedding, 1)
  }

  function unite(a: Person, b: Person): Person {
    const [older, younger] = a.id < b.id ? [a, b] : [b, a]
    people.delete(younger.id)
    for (const face of younger.faces) place(face, older)
    addTo(older, younger.sum, younger.held)
    return older
  }

  function embeddingOf({ photoId, faceId }: GroupedFace): Float32Array | undefined {
    const row = index.rowOf(photoId, faceId)
    return row === -1 ? undefined : index.embeddingAt(row)
  }

  /** The people who have a face near this one, in the order of their nearest. */
  function peopleAround(embedding: Float32Array): Person[] {
    const near = new Set<Person>()
    for (const row of index.find(embedding, calibration.grouping.lookWithin).rows) {
      const person = personOf.get(index.faceAt(row).faceId)
      if (person) near.add(person)
    }
    return [...near]
  }

  function decide(face: GroupedFace): void {
    const embedding = embeddingOf(face)
    const around = embedding ? peopleAround(embedding) : []
    const alone = { sum: embedding ?? new Float32Array(DIMENSIONS), held: embedding ? 1 : 0 }
    const own = around
      .map(person => ({ person, distance: likeness(alone, person, reach) }))
      .filter(({ person, distance }) => distance <= 1 && !person.photos.has(face.photoId))
      .sort((a, b) => a.distance - b.distance || (a.person.id < b.person.id ? -1 : 1))[0]?.person
    // A face that founded a person, left and came back finds its id taken by that person.
    join(face, own ?? people.get(face.faceId) ?? found(face.faceId), embedding)
    let kept = personOf.get(face.faceId)!
    for (const other of around) {
      if (other !== kept && apart(kept, other) && likeness(kept, other, reach) <= 1) kept = unite(kept, other)
    }
  }

  const ordered = faces.filter(({ quality }) => quality >= LEAST_QUALITY).sort((a, b) => (a.faceId < b.faceId ? -1 : 1))
  for (const face of ordered) {
    const id = known.get(face.faceId)
    if (id !== undefined) join(face, people.get(id) ?? found(id), embeddingOf(face))
  }
  for (const face of ordered) if (!personOf.has(face.faceId)) decide(face)
  return new Map(ordered.map(({ faceId }) => [faceId, personOf.get(faceId)!.id]))
}

const found = (id: string): Person => ({
  id,
  faces: [],
  photos: new Set(),
  sum: new Float32Array(DIMENSIONS),
  held: 0,
})

/** How far apart two faces may lie to count as one person. */
interface Reach {
  /** To somebody whose middle is known. */
  near: number
  /** The distance for a person with one or two faces, and for two people to be one: a mistake there costs more. */
  few: number
  spread: Calibration['grouping']['spread']
}

/** In a large event some strangers lie nearer than many faces of one person in a small one. */
function reachFor(faceCount: number, calibration: Calibration): Reach {
  const { near, few, spread } = calibration.grouping
  const within = ({ wrong, least, most }: typeof near) =>
    Math.min(Math.max(distanceForExpectedWrong(wrong, Math.max(faceCount, 1), calibration), least), most)
  return { near: within(near), few: within(few), spread }
}

type Middle = Pick<Person, 'sum' | 'held'>

/**
 * The squared distance of two people's middles over the largest at which they are taken for one. Middles of several
 * faces lie nearer together than single faces do, also those of strangers: the limit shrinks with what is averaged away.
 */
function likeness(a: Middle, b: Middle, { near, few, spread }: Reach): number {
  if (a.held === 0 || b.held === 0) return Number.POSITIVE_INFINITY
  const known = Math.min(a.held, b.held) === 1 && Math.max(a.held, b.held) > 2
  const averagedAway = spread.within * (2 - 1 / a.held - 1 / b.held)
  const limit = (known ? near : few) ** 2 * (1 - averagedAway / spread.strangers)
  let squared = 0
  for (let i = 0; i < DIMENSIONS; i += 1) squared += (a.sum[i]! / a.held - b.sum[i]! / b.held) ** 2
  return squared / limit
}

function addTo(person: Person, embedding: Float32Array, held: number): void {
  for (let i = 0; i < DIMENSIONS; i += 1) person.sum[i]! += embedding[i]!
  person.held += held
}

/** Whether no photo shows both: otherwise they are two people. */
function apart(a: Person, b: Person): boolean {
  const [small, large] = a.photos.size <= b.photos.size ? [a.photos, b.photos] : [b.photos, a.photos]
  for (const photo of small) if (large.has(photo)) return false
  return true
}
