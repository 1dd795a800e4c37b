import { appendUpload, createUpload, deleteUpload, findUpload, TUS_BYTES } from '@pix/contracts/uploads.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../../../base/deps.ts'
import { Problem } from '../../../../base/problem.ts'
import { callerContext } from '../../../../http/context-of.ts'
import { searchPriorityIn } from '../../../../http/search-priority.ts'
import { speakTus } from './speak-tus.ts'

/** Resumable uploads (tus). Their bodies are read as they come. */
export const resumableRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.addContentTypeParser(TUS_BYTES, (_request, payload, done) => done(null, payload))

  const answer = async (request: FastifyRequest, reply: Pick<FastifyReply, 'code' | 'header'>): Promise<null> => {
    const said = await speakTus(callerContext(deps, request), {
      method: request.method,
      path: request.url,
      headers: headersOf(request),
      body: request.body ? bodyOf(request) : null,
    })
    // Only pages of our own origin may read the answer, whatever the library would allow.
    for (const [name, value] of said.headers) if (!name.startsWith('access-control-')) reply.header(name, value)
    reply.code(said.status)
    return null
  }
  app.route({ ...createUpload, handler: async (request, reply) => answer(request, reply) })
  app.route({ ...findUpload, handler: async (request, reply) => answer(request, reply) })
  app.route({ ...appendUpload, handler: async (request, reply) => answer(request, reply) })
  app.route({ ...deleteUpload, handler: async (request, reply) => answer(request, reply) })
}

const headersOf = ({ headers }: FastifyRequest): [string, string][] =>
  Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))

/** The bytes as they come; people who search go first. @throws Problem when the sender breaks off or is too slow */
async function* bodyOf(request: FastifyRequest): AsyncGenerator<Buffer> {
  const pause = searchPriorityIn(request).pauses()
  try {
    for await (const piece of request.raw.iterator({ destroyOnReturn: false })) {
      await pause()
      yield piece as Buffer
    }
  } catch (error) {
    throw error instanceof Problem ? error : new Problem('malformed_request')
  }
}
