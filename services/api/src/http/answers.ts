import type { Contract } from '@pix/contracts/contract.ts'
import { PROBLEMS, type ProblemCode } from '@pix/contracts/problem-codes.ts'
import type { z } from 'zod'

/** What is registered with Fastify: a contract, or a route of ours that is described like one. */
export interface DescribedRoute {
  method: string
  url: string
  config: Partial<Contract['config']>
  schema: Omit<Partial<Contract['schema']>, 'response'> & { response: Record<number, z.ZodType> }
}

const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/** Refusals that come from what every request passes, before and around the handler. */
function commonRefusals({ method, config, schema }: DescribedRoute): ProblemCode[] {
  const { access = 'public', limit = 'default', idempotent } = config
  const isWrite = WRITES.has(method)
  const needsToken = access !== 'public' && access !== 'session'
  return [
    'malformed_request',
    'internal',
    'unavailable',
    ...(limit === 'free' ? [] : (['rate_limited'] as const)),
    // At an address that no studio has.
    ...(schema.params || !config.atAnyHost ? (['not_found'] as const) : []),
    ...(schema.params || schema.querystring || isWrite ? (['invalid_request'] as const) : []),
    ...(isWrite
      ? (['payload_too_large', 'unsupported_media_type', 'origin_refused', 'request_too_slow'] as const)
      : []),
    ...(isWrite && !config.duringMaintenance ? (['maintenance'] as const) : []),
    ...(needsToken || idempotent ? (['unauthorized'] as const) : []),
    ...((needsToken || idempotent) && !config.beforeSecondFactor ? (['second_factor_required'] as const) : []),
    ...(needsToken && access !== 'user' ? (['forbidden'] as const) : []),
    ...(idempotent ? (['idempotency_key_required', 'idempotency_key_reused', 'idempotency_in_flight'] as const) : []),
    ...(config.captcha ? (['captcha_needed', 'captcha_refused'] as const) : []),
    ...(config.stream ? (['rate_limited'] as const) : []),
  ]
}

/** The codes a contract names in a refusal's schema. */
function codesOf(schema: z.ZodType | undefined): ProblemCode[] {
  const code = (schema as { shape?: { code?: { options?: ProblemCode[] } } } | undefined)?.shape?.code
  return code?.options ?? []
}

/** Every refusal a route can give, by status: those of its contract and those of every request. */
export function refusalsOf(route: DescribedRoute): Map<number, ProblemCode[]> {
  const named = Object.values(route.schema.response).flatMap(codesOf)
  const refusals = new Map<number, ProblemCode[]>()
  for (const code of new Set([...named, ...commonRefusals(route)])) {
    const [status] = PROBLEMS[code]
    refusals.set(status, [...(refusals.get(status) ?? []), code])
  }
  return refusals
}
