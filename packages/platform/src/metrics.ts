import { createServer } from 'node:http'
import { collectDefaultMetrics, register } from 'prom-client'

/** Serves `/metrics` on a port of its own, which is never public. Resolves with the port taken. */
export async function serveMetrics(host: string, port: number): Promise<{ port: number; close(): Promise<void> }> {
  collectDefaultMetrics()
  const server = createServer((request, response) => {
    if (request.url !== '/metrics') {
      response.writeHead(404).end()
      return
    }
    register.metrics().then(
      text => response.writeHead(200, { 'content-type': register.contentType }).end(text),
      () => response.writeHead(500).end(),
    )
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : port,
    close: () => new Promise(resolve => server.close(() => resolve())),
  }
}
