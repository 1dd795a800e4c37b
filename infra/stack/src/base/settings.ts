/** The ports of `npm start`, each moved by the variable beside it. */
export const PORTS = {
  web: { port: 8080, use: 'the shop', setting: 'PIX_PORT' },
  api: { port: 8081, use: 'the api', setting: 'PIX_API_PORT' },
  apiMetrics: { port: 9081, use: 'the metrics of the api', setting: 'PIX_API_METRICS_PORT' },
  workerMetrics: { port: 9082, use: 'the metrics of the face-worker', setting: 'PIX_WORKER_METRICS_PORT' },
  clerkMetrics: { port: 9083, use: 'the metrics of the clerk', setting: 'PIX_CLERK_METRICS_PORT' },
  paynoi: { port: 8083, use: 'paynoi-sim', setting: 'PIX_PAYNOI_PORT' },
  mailDesk: { port: 8084, use: 'the mail desk', setting: 'PIX_MAIL_DESK_PORT' },
  postgres: { port: 54_329, use: 'PostgreSQL', setting: 'PIX_POSTGRES_PORT' },
  redis: { port: 63_799, use: 'Redis', setting: 'PIX_REDIS_PORT' },
  objects: { port: 9010, use: 'S3', setting: 'PIX_S3_PORT' },
} as const

export type Ports = Record<keyof typeof PORTS, number>

export function portsOf(env: NodeJS.ProcessEnv): Ports {
  const entries = Object.entries(PORTS).map(([name, { port, setting }]) => [name, Number(env[setting] ?? port)])
  return Object.fromEntries(entries) as Ports
}
