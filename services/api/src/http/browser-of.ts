import type { FastifyRequest } from 'fastify'
import { deviceToken, refreshToken } from './cookies.ts'
import { deviceOf } from './device-of.ts'
import { networkOf } from './network-of.ts'

/** What a request shows of its browser: what it calls itself, where it is, and the cookies it is signed in and known by. */
export const browserOf = (request: FastifyRequest) => ({
  device: deviceOf(request),
  network: networkOf(request),
  refreshToken: refreshToken(request) ?? null,
  deviceToken: deviceToken(request),
})
