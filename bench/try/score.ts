import { existsSync, readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { ignoreFileOf } from './arguments.ts'

export interface Score {
  recall: number
  precision: number
  truePositives: number
  falsePositives: number
  missed: number
}

const pairsOf = (file: string): string[] =>
  (parse(readFileSync(file), { columns: true, skip_empty_lines: true }) as { selfie: string; photo: string }[]).map(
    row => `${row.selfie}\t${row.photo}`,
  )

/**
 * Whole-event recall and precision over selfie–photo pairs, against a truth.csv with columns `selfie` and `photo`.
 * Only selfies that were really searched count; pairs of an ignore.csv beside it are left out.
 */
export function scoreAgainst(truthFile: string, found: Map<string, string[]>): Score {
  const ignored = new Set(existsSync(ignoreFileOf(truthFile)) ? pairsOf(ignoreFileOf(truthFile)) : [])
  const truth = new Set(pairsOf(truthFile).filter(pair => !ignored.has(pair) && found.has(pair.split('\t')[0] ?? '')))
  const shown = [...found]
    .flatMap(([selfie, photos]) => photos.map(photo => `${selfie}\t${photo}`))
    .filter(pair => !ignored.has(pair))
  const truePositives = shown.filter(pair => truth.has(pair)).length
  return {
    recall: truth.size === 0 ? 1 : truePositives / truth.size,
    precision: shown.length === 0 ? 1 : truePositives / shown.length,
    truePositives,
    falsePositives: shown.length - truePositives,
    missed: truth.size - truePositives,
  }
}
