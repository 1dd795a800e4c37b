import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/**
 * A wire to a server that a test can cut and mend: what is behind it is away meanwhile. Or freeze: connections stay and
 * begin, and nothing passes, as with a server that SIGSTOP holds.
 */
export async function cuttableWire(target: { host: string; port: number }) {
  const open = new Map<Socket, Socket>()
  let isCut = false
  let isFrozen = false
  const server = createServer(near => {
    if (isCut) return void near.destroy()
    const far = connect(target.port, target.host)
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.set(socket, other)
      socket
        .on('error', () => undefined)
        .on('close', () => {
          open.delete(socket)
          other.destroy()
        })
      if (!isFrozen) socket.pipe(other)
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    cut: () => {
      isCut = true
      for (const socket of open.keys()) socket.destroy()
    },
    mend: () => void (isCut = false),
    freeze: () => {
      isFrozen = true
      for (const [socket, other] of open) socket.unpipe(other).pause()
    },
    thaw: () => {
      isFrozen = false
      for (const [socket, other] of open) socket.pipe(other)
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of open.keys()) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

/** The same address through a wire. */
export function through(url: string, wire: { port: number }): string {
  const changed = new URL(url)
  changed.host = `127.0.0.1:${wire.port}`
  return changed.href
}
