/**
 * The metrics of a service as text, over a connection of their own: the service closes one that was idle for 5 s, and a
 * bench that was busy as long would send its next request into the closing.
 */
export async function readMetrics(metricsUrl: string): Promise<string> {
  const answer = await fetch(`${metricsUrl}/metrics`, { headers: { connection: 'close' } })
  return answer.text()
}
