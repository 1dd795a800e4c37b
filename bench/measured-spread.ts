import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DIMENSIONS } from '@pix/faces/index/embedding.ts'

/** How embeddings are spread: their mean and their covariance, its rows up to the diagonal. */
export interface MeasuredSpread {
  mean: number[]
  covariance: number[][]
}

/** Of SFace's embeddings of shared/data/strangers, written by `npm run calibrate:faces -- --spread-file`. */
const SFACE = join(import.meta.dirname, 'sface-spread.csv')
/** The file holds whole numbers of this: a thousandth of what the variance of a dimension is. */
const UNIT = 1e-5

export function readSfaceSpread(): MeasuredSpread {
  const lines = readFileSync(SFACE, 'utf8').trim().split('\n')
  const [mean = [], ...covariance] = lines.map(line => line.split(',').map(value => Number(value) * UNIT))
  return { mean, covariance }
}

export function measureSpread(embeddings: readonly Float32Array[]): MeasuredSpread {
  const mean = new Float64Array(DIMENSIONS)
  for (const one of embeddings) for (let i = 0; i < DIMENSIONS; i += 1) mean[i]! += one[i]! / embeddings.length
  const rows = Array.from(mean, (_, i) => new Float64Array(i + 1))
  for (const one of embeddings) {
    const away = mean.map((middle, i) => one[i]! - middle)
    for (const [i, row] of rows.entries())
      for (let j = 0; j <= i; j += 1) row[j]! += (away[i]! * away[j]!) / embeddings.length
  }
  return { mean: [...mean], covariance: rows.map(row => [...row]) }
}

export async function writeSpread(file: string, { mean, covariance }: MeasuredSpread): Promise<void> {
  const lines = [mean, ...covariance].map(row => row.map(value => Math.round(value / UNIT)).join(','))
  await writeFile(file, `${lines.join('\n')}\n`)
}

/**
 * The lower triangular root of a covariance (Cholesky): normal deviates times it are spread as the covariance says.
 *
 * @throws RangeError for what is no covariance
 */
export function rootOf(covariance: readonly number[][]): Float64Array[] {
  const root: Float64Array[] = []
  for (const [i, row] of covariance.entries()) {
    const values = new Float64Array(i + 1)
    for (let j = 0; j <= i; j += 1) {
      const above = root[j] ?? values
      let rest = row[j]!
      for (let k = 0; k < j; k += 1) rest -= values[k]! * above[k]!
      if (j === i && !(rest > 0)) throw new RangeError('not the covariance of anything')
      values[j] = j === i ? Math.sqrt(rest) : rest / above[j]!
    }
    root.push(values)
  }
  return root
}
