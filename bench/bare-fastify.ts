import fastify from 'fastify'

// The comparison: requests a second of a Fastify route that only answers the same number of bytes.
const [bytes = '1000'] = process.argv.slice(2)
const body = { filler: 'x'.repeat(Math.max(0, Number(bytes) - 13)) }
const app = fastify()
app.get('/', async () => body)
process.stdout.write(`${await app.listen({ port: 0, host: '127.0.0.1' })}\n`)
process.on('SIGTERM', () => void app.close())
