import { readSettings } from '@pix/platform/settings.ts'
import { buildSim } from './app.ts'
import { Settings } from './settings.ts'

const settings = readSettings(Settings, process.env)
const app = await buildSim(settings)
await app.listen({ host: settings.HOST, port: settings.PORT })

const stop = () => void app.close().then(() => process.exit(0))
process.on('SIGTERM', stop)
process.on('SIGINT', stop)
