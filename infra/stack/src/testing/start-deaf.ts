import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'

/** A program that listens and takes no connection: it stands still, and its queue is full. */
export async function startDeaf() {
  const listens = `require('net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, function () {
    console.log(this.address().port)
  })`
  const program = spawn(process.execPath, ['-e', listens], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(program.stdout, 'data')) as [Buffer]
  const port = Number(line.toString())
  program.kill('SIGSTOP')
  const waiting = Array.from({ length: 4 }, () => connect(port, '127.0.0.1').on('error', () => undefined))
  await Promise.all(waiting.slice(0, 2).map(socket => once(socket, 'connect')))
  return {
    port,
    stop() {
      for (const socket of waiting) socket.destroy()
      program.kill('SIGKILL')
    },
  }
}
