import type { Readable } from 'node:stream'
import multipart, { type MultipartFile } from '@fastify/multipart'
import type { Form } from '@pix/contracts/contract.ts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { cleanFileName } from '../base/clean-file-name.ts'
import { Problem } from '../base/problem.ts'

/** Forms are read part by part, never whole; every limit is given where a form is read. */
export async function acceptForms(app: FastifyInstance): Promise<void> {
  await app.register(multipart, { throwFileSizeLimit: false })
}

export interface FilePart {
  kind: 'file'
  fileName: string
  /**
   * The bytes as they come.
   *
   * @throws Problem `file_too_large` at the limit, `malformed_request` when the form or its sender breaks off
   */
  body: AsyncIterable<Buffer>
}

export interface TextPart<Field extends string> {
  kind: 'text'
  field: Field
  value: string
}

/**
 * The parts of a form in the order they come; texts that its contract does not name are left out. A file that its reader
 * leaves is thrown away before the next part.
 *
 * @param form the contract's
 * @param limits bytes of a file, and files that are read beyond the contract's most; the next one is `too_many_files`
 * @throws Problem `malformed_request` when the form or its sender breaks off
 */
export async function* readForm<F extends Form>(
  request: FastifyRequest,
  form: F,
  { fileBytes, spareFiles = 0 }: { fileBytes: number; spareFiles?: number },
): AsyncGenerator<FilePart | TextPart<F['texts'][number]>> {
  if (!request.isMultipart()) throw new Problem('unsupported_media_type')
  const parts = request.parts({
    limits: { fileSize: fileBytes, files: form.most + spareFiles, fields: 10, fieldSize: 1_000, headerPairs: 50 },
  })
  try {
    for await (const part of parts) {
      if (part.type === 'field') {
        if (form.texts.includes(part.fieldname))
          yield { kind: 'text', field: part.fieldname, value: String(part.value) }
        continue
      }
      const { file } = part
      // At its limit a file ends, however many bytes its sender still has.
      file.once('limit', () => file.push(null))
      try {
        yield { kind: 'file', fileName: cleanFileName(part.filename), body: piecesOf(file) }
      } finally {
        throwAway(file)
      }
    }
  } catch (error) {
    throw formProblem(error)
  } finally {
    // No parser reads what still comes: http/unread-bodies.ts throws it away.
    request.raw.unpipe()
  }
}

async function* piecesOf(file: MultipartFile['file']): AsyncGenerator<Buffer> {
  try {
    yield* file.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>
  } catch (error) {
    throw formProblem(error)
  }
  if (file.truncated) throw new Problem('file_too_large')
}

/** An iterator that was left half way still listens, and a stream with such a listener never flows. */
function throwAway(stream: Readable): void {
  stream.removeAllListeners('readable')
  stream.resume()
}

/** What the parser throws is the sender's fault: a form that is none, breaks off, or has more parts than allowed. */
function formProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  const { code = '' } = error as { code?: string }
  return new Problem(code === 'FST_FILES_LIMIT' ? 'too_many_files' : 'malformed_request')
}
