import fastify from 'fastify'

// The yardstick: what this machine gives a Fastify route that does nothing but answer the same number of bytes.
const [bytes = '1000'] = process.argv.slice(2)
const body = { filler: 'x'.repeat(Math.max(0, Number(bytes) - 13)) }
const app = fastify()
app.get('/', async () => body)
process.stdout.write(`${await app.listen({ port: 0, host: '127.0.0.1' })}\n`)
process.on('SIGTERM', () => void app.close())
