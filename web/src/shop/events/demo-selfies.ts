/** The demo event's selfies, which the demo puts beside the shop; a real shop has none. */
export interface DemoSelfies {
  eventSlug: string
  /** Addresses of the pictures. */
  selfies: string[]
}

/** Null where there is no demo, whatever the server answers instead. */
export async function loadDemoSelfies(signal: AbortSignal): Promise<DemoSelfies | null> {
  try {
    const response = await fetch('/demo/selfies.json', { signal })
    return response.ok ? ((await response.json()) as DemoSelfies) : null
  } catch {
    return null
  }
}
