import type { FastifyRequest } from 'fastify'

/**
 * The client's User-Agent. All tabs of one browser send the same; it distinguishes a second tab from a thief on another
 * device.
 */
export const deviceOf = (request: FastifyRequest): string => (request.headers['user-agent'] ?? '').slice(0, 200)
