/**
 * Gives new people the ids of earlier ones: each gets the id of the earlier person with whom it shares the most faces,
 * and no id is given twice. The person who shares most chooses first, ties by id, so the same faces always give the
 * same ids.
 *
 * @param people face to person, as decided now
 * @param before face to person, as decided before; faces that had nobody are not in it
 */
export function keepIds(people: ReadonlyMap<string, string>, before: ReadonlyMap<string, string>): Map<string, string> {
  const shared = new Map<string, { now: string; old: string; faces: number }>()
  for (const [face, now] of people) {
    const old = before.get(face)
    if (old === undefined) continue
    const pair = shared.get(`${now} ${old}`) ?? { now, old, faces: 0 }
    pair.faces += 1
    shared.set(`${now} ${old}`, pair)
  }
  const ids = new Map<string, string>()
  const taken = new Set<string>()
  const ranked = [...shared.values()].sort((a, b) => b.faces - a.faces || order(a.old, b.old) || order(a.now, b.now))
  for (const { now, old } of ranked) {
    if (ids.has(now) || taken.has(old)) continue
    ids.set(now, old)
    taken.add(old)
  }
  return new Map([...people].map(([face, now]) => [face, ids.get(now) ?? now]))
}

const order = (a: string, b: string): number => (a < b ? -1 : Number(a > b))
