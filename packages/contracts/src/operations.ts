import { z } from 'zod'
import type { Contract, UnlistedContract } from './contract.ts'

const State = z.enum(['ok', 'away'])
const Readiness = z
  .object({ status: State, checks: z.object({ database: State, redis: State, storage: State }) })
  .meta({ id: 'Readiness' })
export type State = z.infer<typeof State>

/** Served at the root, for whom runs the process, and below `/api`, for whom looks at it from outside. */
export const healthz = {
  method: 'GET',
  url: '/healthz',
  config: { access: 'public', limit: 'free', atAnyHost: true },
  schema: { summary: 'Alive', tags: ['operations'], response: { 200: z.object({ status: z.literal('ok') }) } },
} as const satisfies Contract

/** At both places as well. */
export const readyz = {
  method: 'GET',
  url: '/readyz',
  config: { access: 'public', limit: 'free', atAnyHost: true },
  schema: {
    summary: 'Ready: each dependency answers',
    tags: ['operations'],
    response: { 200: Readiness, 503: Readiness },
  },
} as const satisfies Contract

/** What S3's presigned addresses are for the folder driver, with ranges. Addresses come signed from other answers. */
export const signedObject = {
  method: 'GET',
  url: '/objects/*',
  config: { access: 'public', limit: 'media', root: true },
  schema: { hide: true },
} as const satisfies UnlistedContract
