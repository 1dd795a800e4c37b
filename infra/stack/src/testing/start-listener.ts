import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { vi } from 'vitest'

const stateOf = (pid: number) => execFileSync('ps', ['-o', 'state=', '-p', String(pid)], { encoding: 'utf8' })

/** A program that answers `heard`, and can be made to take no connection. */
export async function startListener() {
  const listens = `require('http').createServer((_, reply) => reply.end('heard'))
    .listen({ port: 0, host: '127.0.0.1', backlog: 1 }, function () { console.log(this.address().port) })`
  const program = spawn(process.execPath, ['-e', listens], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(program.stdout, 'data')) as [Buffer]
  const port = Number(line.toString())
  let waiting: Socket[] = []
  return {
    port,
    /** It stands still, and its queue is full: Linux drops the packets of who else comes. */
    async goDeaf() {
      program.kill('SIGSTOP')
      await vi.waitUntil(() => stateOf(program.pid!).startsWith('T'))
      waiting = Array.from({ length: 4 }, () => connect(port, '127.0.0.1').on('error', () => undefined))
      await Promise.all(waiting.slice(0, 2).map(socket => once(socket, 'connect')))
    },
    hear: () => program.kill('SIGCONT'),
    stop() {
      for (const socket of waiting) socket.destroy()
      program.kill('SIGKILL')
    },
  }
}

/** How many connections this machine has dropped because a program's queue was full. */
export function droppedConnections(): number {
  const [names, counts] = readFileSync('/proc/net/netstat', 'utf8')
    .split('\n')
    .filter(line => line.startsWith('TcpExt:'))
    .map(line => line.split(' '))
  return Number(counts![names!.indexOf('ListenDrops')])
}
