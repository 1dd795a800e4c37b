import { pairKey, type FaceEvent, type TruthRow } from './face-event.ts'

/** A photo that a search with a selfie put before the customer. */
export interface Shown {
  selfie: string
  photo: string
}

export interface EventScore {
  recall: number
  precision: number
  /** 95 %, by drawing identities again. */
  recallInterval: [number, number]
  /** Photos shown for selfies that must give nothing. */
  shownForStrangers: number
  slices: { slice: string; pairs: number; recall: number }[]
}

const SLICES: [string, (row: TruthRow) => boolean][] = [
  ['face < 60 px', row => row.facePx !== null && row.facePx < 60],
  ['face 60–100 px', row => row.facePx !== null && row.facePx >= 60 && row.facePx <= 100],
  ['face > 100 px', row => row.facePx !== null && row.facePx > 100],
  ['rotated ≥ 10°', row => Math.abs(noted(row, 'rot') ?? 0) >= 10],
  ['dark', row => (noted(row, 'bright') ?? 1) < 0.75],
  ['real photos', row => row.kind === 'real'],
  ['hard', row => row.note.includes('hard')],
]

const noted = ({ note }: TruthRow, word: string): number | undefined => {
  const value = new RegExp(`${word} (-?[\\d.]+)`).exec(note)?.[1]
  return value === undefined ? undefined : Number(value)
}

/** Recall and precision over (selfie, photo) pairs; pairs to ignore count nowhere. */
export function scoreEvent(event: FaceEvent, shown: readonly Shown[]): EventScore {
  const found = new Set(shown.map(({ selfie, photo }) => pairKey(selfie, photo)))
  const truth = event.truth.filter(row => !event.ignored.has(pairKey(row.selfie, row.photo)))
  const isFound = (row: TruthRow) => found.has(pairKey(row.selfie, row.photo))
  const recallOf = (rows: readonly TruthRow[]) => rows.filter(isFound).length / Math.max(1, rows.length)
  const right = truth.filter(isFound).length
  const counted = [...found].filter(pair => !event.ignored.has(pair)).length
  const strangers = new Set(event.selfies.filter(({ expect }) => expect && expect !== 'match').map(({ name }) => name))
  return {
    recall: recallOf(truth),
    precision: counted === 0 ? 1 : right / counted,
    recallInterval: bootstrap(truth, recallOf),
    shownForStrangers: shown.filter(({ selfie }) => strangers.has(selfie)).length,
    slices: SLICES.map(([slice, belongs]) => {
      const rows = truth.filter(belongs)
      return { slice, pairs: rows.length, recall: recallOf(rows) }
    }),
  }
}

/** 95 % interval of a figure when the identities, not the pairs, are drawn again; the same every time. */
export function bootstrap<R extends { identity: string }>(
  rows: readonly R[],
  figure: (rows: R[]) => number,
): [number, number] {
  const byIdentity = new Map<string, R[]>()
  for (const row of rows) byIdentity.set(row.identity, [...(byIdentity.get(row.identity) ?? []), row])
  const groups = [...byIdentity.values()]
  let seed = 1
  const random = () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    return seed / 2 ** 32
  }
  const figures = Array.from({ length: 500 }, () =>
    figure(groups.flatMap(() => groups[Math.floor(random() * groups.length)] ?? [])),
  ).sort((a, b) => a - b)
  return [figures[12] ?? Number.NaN, figures[487] ?? Number.NaN]
}
