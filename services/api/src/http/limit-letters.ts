import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Deps } from '../base/deps.ts'
import { type Limiter, refuseBeyond } from './rate-limit.ts'

const HOUR_MS = 3_600_000

/** The keys under which requests for letters to an address are counted. */
export interface LetterKeys {
  /** The address together with where it is asked from. */
  place: string
  /** The address alone, where a stranger asks: letters of many networks together fill one mailbox. */
  stranger: string | null
}

/** Bounds the letters that people can make us send to an address. */
export function limitLetters(
  app: FastifyInstance,
  deps: Deps,
  keysOf: (request: FastifyRequest) => Promise<LetterKeys>,
): Limiter {
  const { LIMIT_LETTERS_PER_HOUR, LIMIT_ADDRESS_LETTERS_PER_HOUR } = deps.settings
  const ofPlace = refuseBeyond(app, deps, {
    name: 'letters',
    max: LIMIT_LETTERS_PER_HOUR,
    windowMs: HOUR_MS,
    key: async request => (await keysOf(request)).place,
  })
  const ofStrangers = refuseBeyond(app, deps, {
    name: 'address-letters',
    max: LIMIT_ADDRESS_LETTERS_PER_HOUR,
    windowMs: HOUR_MS,
    key: async request => (await keysOf(request)).stranger ?? '',
  })
  return async (request, reply) => {
    await ofPlace(request, reply)
    if ((await keysOf(request)).stranger !== null) await ofStrangers(request, reply)
  }
}
