import type { FastifyRequest } from 'fastify'

/** What the client calls itself. Browsers of one device say the same; enough to tell a second tab from a thief elsewhere. */
export const deviceOf = (request: FastifyRequest): string => (request.headers['user-agent'] ?? '').slice(0, 200)
