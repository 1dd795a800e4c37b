import { createServer, type IncomingMessage, type OutgoingHttpHeaders, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { shop } from './shop.ts'

/** A server between the browser and the shop. It can hold answers back and show the page another release. */
export interface Line extends AsyncDisposable {
  url: string
  /** Requests of these paths are not answered until `release` is called. */
  hold(path: RegExp): void
  release(): void
  /** From now on the page and its service worker are of another build. */
  deploy(build: string): void
}

/** As a release changes them: the id in the page, and the page's revision in the worker. */
function ofBuild(build: string, path: string, type: string, body: Buffer): Buffer {
  const text = () => body.toString('utf8')
  if (path === '/sw.js')
    return Buffer.from(text().replace(/"revision":"[0-9a-f]{32}"/, `"revision":"${build.padEnd(32, '0')}"`))
  if (!type.startsWith('text/html')) return body
  return Buffer.from(text().replace(/(<meta name="build" content=")\w+/, `$1${build}`))
}

export async function openLine(): Promise<Line> {
  const target = new URL(shop.url)
  let held: RegExp | null = null
  let waiting: (() => void)[] = []
  let build: string | null = null

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const path = incoming.url ?? '/'
    const body = await buffer(incoming)
    if (held?.test(path)) await new Promise<void>(resolve => waiting.push(resolve))
    const headers: OutgoingHttpHeaders = { ...incoming.headers, host: target.host }
    if (headers.origin) headers.origin = target.origin
    // Whole answers, which can be changed.
    for (const name of ['accept-encoding', 'if-none-match', 'if-modified-since']) delete headers[name]
    const sent = request({ host: target.hostname, port: target.port, method: incoming.method, path, headers })
    sent.on('error', () => outgoing.destroy())
    sent.on('response', async response => {
      const { statusCode = 502, headers: given } = response
      const type = given['content-type'] ?? ''
      if (build === null || !/javascript|html/.test(type)) {
        outgoing.writeHead(statusCode, given)
        return void response.pipe(outgoing)
      }
      const changed = ofBuild(build, path.split('?')[0]!, type, await buffer(response))
      const { 'content-length': _length, ...others } = given
      outgoing.writeHead(statusCode, others).end(changed)
    })
    sent.end(body)
  }

  const server = createServer((incoming, outgoing) => void answer(incoming, outgoing).catch(() => outgoing.destroy()))
  await new Promise<void>(resolve => server.listen(0, 'localhost', resolve))
  const release = () => {
    held = null
    for (const go of waiting.splice(0)) go()
  }
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    hold: path => (held = path),
    release,
    deploy: next => (build = next),
    async [Symbol.asyncDispose]() {
      release()
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
