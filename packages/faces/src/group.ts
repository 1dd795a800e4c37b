import { distanceForExpectedWrong } from './calibrate.ts'
import type { EventIndex } from './index/event-index.ts'

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
}

/** Poorer ones resemble each other more than themselves; they stay without a person. */
const LEAST_QUALITY = 0.2
/** A face joins a person, and two people become one, when at least this share of their pairs are near. */
const NEAR_SHARE = 0.5
/** Faces of a person that are looked up when two people may be one. */
const LOOKED_UP = 16

/**
 * Who is who among an event's faces: face to person. Faces are taken in the order of their ids, which is the order of
 * their making; each joins the person most of whose faces lie near it, or founds one under its own id. So the same faces
 * always give the same people, and faces that come later leave earlier ids alone; when a later face shows that two
 * people are one, the older id stays. Two faces in one photo are never one person.
 *
 * One search of the index per new face, and a few when two people may be one.
 *
 * @param known people decided before (face to person): kept, whatever has become of the faces that founded them
 */
export function groupPeople(
  faces: readonly GroupedFace[],
  index: Pick<EventIndex, 'search' | 'embeddingOf' | 'size'>,
  known: ReadonlyMap<string, string> = new Map(),
): Map<string, string> {
  const people = new Map<string, Person>()
  const personOf = new Map<string, Person>()
  const reach = reachFor(index.size)

  function place(face: GroupedFace, person: Person): void {
    people.set(person.id, person)
    person.faces.push(face)
    person.photos.add(face.photoId)
    personOf.set(face.faceId, person)
  }

  /** The faces near one that already have a person, counted by person. */
  function nearPeople({ faceId, photoId }: GroupedFace): Map<Person, Near> {
    const near = new Map<Person, Near>()
    const embedding = index.embeddingOf(photoId, faceId)
    if (!embedding) return near
    for (const hit of index.search(embedding, reach.near)) {
      const person = personOf.get(hit.faceId)
      if (!person || hit.faceId === faceId) continue
      const counted = near.get(person) ?? { count: 0, nearest: hit.distance }
      near.set(person, { count: counted.count + 1, nearest: counted.nearest })
    }
    return near
  }

  function nearShare(a: Person, b: Person): number {
    const [small, large] = a.faces.length <= b.faces.length ? [a, b] : [b, a]
    const looked = small.faces.slice(0, LOOKED_UP)
    const links = looked.reduce((sum, face) => sum + (nearPeople(face).get(large)?.count ?? 0), 0)
    return links / (looked.length * large.faces.length)
  }

  function join(older: Person, younger: Person): void {
    people.delete(younger.id)
    for (const face of younger.faces) place(face, older)
  }

  function decide(face: GroupedFace): void {
    const near = nearPeople(face)
    const fitting = [...near].filter(([person, found]) => fits(person, found, reach.few)).sort(byFit)
    const own = fitting.find(([person]) => !person.photos.has(face.photoId))?.[0]
    if (!own) {
      // One that founded a person, left and came back finds its name taken: by that person.
      place(face, people.get(face.faceId) ?? { id: face.faceId, faces: [], photos: new Set() })
      return
    }
    place(face, own)
    const others = fitting.map(([person]) => person).filter(other => other !== own && apart(own, other))
    let kept = own
    for (const other of others) {
      if (!apart(kept, other) || nearShare(kept, other) < NEAR_SHARE) continue
      const [older, younger] = kept.id < other.id ? [kept, other] : [other, kept]
      join(older, younger)
      kept = older
    }
  }

  const ordered = faces.filter(({ quality }) => quality >= LEAST_QUALITY).sort((a, b) => (a.faceId < b.faceId ? -1 : 1))
  for (const face of ordered) {
    const id = known.get(face.faceId)
    if (id !== undefined) place(face, people.get(id) ?? { id, faces: [], photos: new Set() })
  }
  for (const face of ordered) if (!personOf.has(face.faceId)) decide(face)
  return new Map(ordered.map(({ faceId }) => [faceId, personOf.get(faceId)!.id]))
}

interface Near {
  count: number
  nearest: number
}

/**
 * How near two faces of one person are taken to lie. In a large event some strangers lie that near too, which is why
 * most of a person's faces must; somebody with one or two faces is joined only from nearer still.
 */
function reachFor(faceCount: number): { near: number; few: number } {
  const within = (wrong: number, least: number, most: number) =>
    Math.min(Math.max(distanceForExpectedWrong(wrong, Math.max(faceCount, 1)), least), most)
  return { near: within(0.5, 0.4, 0.5), few: within(0.05, 0.34, 0.45) }
}

function fits(person: Person, { count, nearest }: Near, few: number): boolean {
  return count / person.faces.length >= NEAR_SHARE && (person.faces.length > 2 || nearest <= few)
}

function byFit([a, nearA]: [Person, Near], [b, nearB]: [Person, Near]): number {
  const share = nearB.count / b.faces.length - nearA.count / a.faces.length
  return share || nearA.nearest - nearB.nearest || (a.id < b.id ? -1 : 1)
}

/** Whether no photo shows both: otherwise they are two people. */
function apart(a: Person, b: Person): boolean {
  const [small, large] = a.photos.size <= b.photos.size ? [a.photos, b.photos] : [b.photos, a.photos]
  for (const photo of small) if (large.has(photo)) return false
  return true
}
