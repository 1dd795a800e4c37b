import { join } from 'node:path'
import { RUN } from './places.ts'
import type { Strangers } from './strangers.ts'

export const RELEASES = join(RUN, 'releases')

/** Addresses on the bridge from which visitors ask. */
export const CLIENTS = Array.from({ length: 20 }, (_, at) => `10.84.0.${101 + at}`)

/** The sentence that a step prints, and its figures for the last line. */
export interface Said {
  note: string
  figures?: Record<string, number>
}

export interface Step {
  name: string
  run(memory: Memory, strangers: Strangers | undefined): Promise<Said>
}

/** What later steps know of earlier ones; it outlives the process. */
export interface Memory {
  release?: string
  secrets?: Record<string, string>
}
