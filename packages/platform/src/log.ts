import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino'

export type Log = Logger

/** Field names whose values never reach a log (spec/40, spec/80). */
export const SECRET_FIELDS = [
  'api_key',
  'apiKey',
  'account',
  'key_id',
  'signature',
  'password',
  'authorization',
  'cookie',
  'accessToken',
  'embedding',
  'qr_image_base64',
]

/** What Drizzle adds to a query that failed: the values that were put into it, e-mail addresses and embeddings among them. */
const PARAMETERS = /\nparams: [\s\S]*?(?=\n {4}at |$)/g

/** An error as pino writes it, without the parameters of a query; also one whose text comes from another process. */
function serializeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const { params: _, ...written } = pino.stdSerializers.err(error)
  const [message, stack] = [written.message, written.stack].map(text => text.replaceAll(PARAMETERS, ''))
  return { ...written, message, stack }
}

const DEPTHS = ['', '*.', '*.*.', '*.*.*.']

/**
 * JSON lines to standard output, or (development) readable ones. Secrets are removed by name down to four levels, and
 * the values of a query that failed are left out.
 *
 * @param destination instead of standard output
 */
export function createLog(
  service: string,
  options: { level: string; pretty: boolean },
  destination?: DestinationStream,
): Log {
  const headers = ['req.headers.authorization', 'req.headers.cookie', 'res.headers["set-cookie"]']
  const settings: LoggerOptions = {
    name: service,
    level: options.level,
    serializers: { err: serializeError },
    redact: {
      paths: [...DEPTHS.flatMap(depth => SECRET_FIELDS.map(field => depth + field)), ...headers],
      censor: '[secret]',
    },
    ...(options.pretty
      ? { transport: { target: 'pino-pretty', options: { colorize: false, translateTime: 'UTC:HH:MM:ss.l' } } }
      : {}),
  }
  return destination ? pino(settings, destination) : pino(settings)
}
