import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import type { Charge } from './charge.ts'
import { Faults } from './faults.ts'

const Entry = z.object({
  protocol: z.enum(['paynoi', 'omise']).default('paynoi'),
  transId: z.string(),
  ref1: z.string(),
  asked: z.number().int(),
  due: z.number().int(),
  status: z.enum(['pending', 'completed', 'failed']),
  createdAt: z.coerce.date(),
  expiresAt: z.coerce.date(),
  paidAt: z.coerce.date().nullable(),
  faults: Faults,
}) satisfies z.ZodType<Charge, unknown>

/** Where a bank writes down what it must not forget. */
export interface Books {
  /** Oldest first, at most `limit`. */
  read(limit: number): Charge[]
  /** Written before it returns. */
  write(charge: Charge): void
}

/** Books that forget everything with the process. */
export const noBooks: Books = { read: () => [], write: () => undefined }

/**
 * A file with one line for each change of a charge; the last line of a charge is how it stands. A line that a crash cut
 * off counts for nothing.
 */
export function fileBooks(file: string): Books {
  return {
    read(limit) {
      mkdirSync(dirname(file), { recursive: true })
      const charges = new Map<string, Charge>()
      for (const line of existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []) {
        const charge = readLine(line)
        if (charge) charges.set(charge.transId, charge)
      }
      const kept = [...charges.values()].slice(-limit)
      // Anew without what has changed since: the file does not grow from start to start.
      writeFileSync(`${file}.part`, kept.map(lineOf).join(''), { mode: 0o600 })
      renameSync(`${file}.part`, file)
      return kept
    },
    write: charge => appendFileSync(file, lineOf(charge)),
  }
}

const lineOf = (charge: Charge): string => `${JSON.stringify(charge)}\n`

function readLine(line: string): Charge | undefined {
  try {
    return Entry.parse(JSON.parse(line))
  } catch {
    return undefined
  }
}
