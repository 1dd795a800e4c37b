import { z } from 'zod'
import { Id, IdParams } from './common.ts'
import { type Contract, problem } from './contract.ts'
import { LetterName } from './letter-words.ts'

/** Where a check of the object storage stopped. */
export const STORAGE_STEPS = ['write', 'read', 'delete'] as const
/** What a gateway says when it is asked about a charge that nobody made. */
export const GATEWAY_ANSWERS = ['answers', 'key_refused', 'away'] as const
export type GatewayAnswer = (typeof GATEWAY_ANSWERS)[number]

export const StorageCheck = z
  .object({
    /** Null when an object of each bucket was written, read and deleted. */
    failedAt: z.enum(STORAGE_STEPS).nullable(),
  })
  .meta({ id: 'StorageCheck' })
export type StorageCheck = z.infer<typeof StorageCheck>

export const checkStorage = {
  method: 'POST',
  url: '/admin/checks/storage',
  config: { duringMaintenance: true, access: 'platform_admin' },
  schema: {
    summary: 'Write, read and delete an object in each bucket',
    tags: ['admin'],
    response: { 200: StorageCheck },
  },
} as const satisfies Contract

export const checkGateways = {
  method: 'POST',
  url: '/admin/checks/gateways',
  config: { duringMaintenance: true, access: 'platform_admin' },
  schema: {
    summary: 'Ask each payment gateway about a charge that nobody made. No money is asked for',
    tags: ['admin'],
    response: { 200: z.object({ items: z.array(z.object({ name: z.string(), answer: z.enum(GATEWAY_ANSWERS) })) }) },
  },
} as const satisfies Contract

export const LetterCheck = z
  .object({
    id: Id,
    to: z.string(),
    state: z.enum(['queued', 'sent', 'failed']),
    /** The mail server's answer to the last try that failed. */
    answer: z.string().nullable(),
  })
  .meta({ id: 'LetterCheck' })
export type LetterCheck = z.infer<typeof LetterCheck>

export const sendTestLetter = {
  method: 'POST',
  url: '/admin/checks/letter',
  config: { access: 'platform_admin', limit: 'login' },
  schema: {
    summary:
      "Send a test letter to the caller's own address: one that says that letters work, or a sample of the letter `of`",
    tags: ['admin'],
    body: z.strictObject({ locale: z.enum(['th', 'en']), of: LetterName.optional() }),
    response: { 201: LetterCheck },
  },
} as const satisfies Contract

export const getTestLetter = {
  method: 'GET',
  url: '/admin/checks/letter/:id',
  config: { access: 'platform_admin' },
  schema: {
    summary: 'What happened to a test letter',
    tags: ['admin'],
    params: IdParams,
    response: { 200: LetterCheck, 404: problem('not_found') },
  },
} as const satisfies Contract
