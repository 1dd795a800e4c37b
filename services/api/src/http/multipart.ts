import type { Readable } from 'node:stream'
import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Problem } from '../problem.ts'

/** Forms are read part by part, never whole; every limit is given where a form is read. */
export async function acceptForms(app: FastifyInstance): Promise<void> {
  await app.register(multipart, { throwFileSizeLimit: false })
}

export interface FilePart {
  kind: 'file'
  field: string
  fileName: string
  /** Ends early at the size limit: look at `truncated` afterwards. Fails when the sender goes away. */
  body: Readable & { truncated?: boolean }
}

export interface TextPart {
  kind: 'text'
  field: string
  value: string
}

/**
 * The parts of a form in the order they come. A file that its reader leaves is drained before the next part.
 *
 * @param limits bytes per file, and how many files: the next one is refused with `too_many_files`
 */
export async function* readForm(
  request: FastifyRequest,
  limits: { fileBytes: number; files: number },
): AsyncGenerator<FilePart | TextPart> {
  if (!request.isMultipart()) throw new Problem('unsupported_media_type')
  const parts = request.parts({
    limits: { fileSize: limits.fileBytes, files: limits.files, fields: 10, fieldSize: 1_000, headerPairs: 50 },
  })
  try {
    for await (const part of parts) {
      if (part.type === 'field') {
        yield { kind: 'text', field: part.fieldname, value: String(part.value) }
        continue
      }
      try {
        yield { kind: 'file', field: part.fieldname, fileName: cleanFileName(part.filename), body: part.file }
      } finally {
        part.file.resume()
      }
    }
  } catch (error) {
    throw formProblem(error)
  }
}

function formProblem(error: unknown): unknown {
  const { message = '', code = '' } = error as { message?: string; code?: string }
  if (error instanceof Problem || code === 'FST_FILES_LIMIT') return error
  return /multipart|boundary|terminated early|end of form|Malformed/i.test(message) ||
    ['FST_PARTS_LIMIT', 'FST_FIELDS_LIMIT', 'FST_PROTO_VIOLATION'].includes(code)
    ? new Problem('malformed_request')
    : error
}

const LONGEST_NAME = 255

/** A name to show: without folders and control characters, never used as a path. */
export function cleanFileName(name: string | undefined): string {
  // Through UTF-8, so that no half of a surrogate pair is left.
  const plain = Buffer.from(name ?? '')
    .toString()
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, '')
    .split(/[\\/]/)
    .at(-1)!
    .trim()
    .slice(0, LONGEST_NAME)
  return plain === '' || /^\.+$/.test(plain) ? 'photo' : plain
}
