import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { Obstacle } from './say.ts'

function listen(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      const { port: taken } = server.address() as AddressInfo
      server.close(() => resolve(taken))
    })
  })
}

/** Below what systems give out by themselves (Linux from 32768, macOS from 49152): nobody is given it before it is used. */
const OURS = [20_000, 32_000] as const
const TRIES = 100

/** A port nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const port = await listen(randomInt(...OURS)).catch(() => null)
    if (port !== null) return port
  }
  return listen(0)
}

/** @throws Obstacle naming the port, its use, and the setting that moves it */
export async function needPort(port: number, use: string, setting: string): Promise<void> {
  await listen(port).catch(() => {
    throw new Obstacle(
      `Port ${port}, needed for ${use}, is in use: stop the program that holds it, or choose another with ${setting}=<port>.`,
    )
  })
}

/** That many different ones. */
export async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>()
  while (ports.size < count) ports.add(await freePort())
  return [...ports]
}
