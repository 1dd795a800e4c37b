import type { Access, Contract, LimitName } from '@pix/contracts/contract.ts'
import type { ServiceKeyScope } from '@pix/domain/words.ts'
import type { FastifyRequest } from 'fastify'

/** What a contract says of its route besides the schemas. A route without a contract is public and counts like any other. */
export interface RouteFacts {
  access: Access
  limit: LimitName
  idempotent: boolean
  beforeSecondFactor: boolean
  atAnyHost: boolean
  duringMaintenance: boolean
  scope: ServiceKeyScope | undefined
}

/** The contract's `config` of the route that answers this request. */
export function factsOf(request: FastifyRequest): RouteFacts {
  const config = (request.routeOptions.config ?? {}) as Partial<Contract['config']>
  return {
    access: config.access ?? 'public',
    limit: config.limit ?? 'default',
    idempotent: config.idempotent === true,
    beforeSecondFactor: config.beforeSecondFactor === true,
    atAnyHost: config.atAnyHost === true,
    duringMaintenance: config.duringMaintenance === true,
    scope: config.scope,
  }
}

/** The route's pattern, such as `/api/events/:id`: bounded in number, unlike addresses. */
export const patternOf = (request: FastifyRequest): string => request.routeOptions.url ?? 'unknown'
