import rateLimit from '@fastify/rate-limit'
import type { FastifyRequest } from 'fastify'

/** The network that a request comes from: its IPv4 address, or the first 64 bits of an IPv6 address. */
export const networkOf = (request: FastifyRequest): string => rateLimit.normalizeIP(request.ip)
