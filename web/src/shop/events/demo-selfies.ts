/** The selfies of the demo event. The demo serves them as files beside the shop; a real shop has none. */
export interface DemoSelfies {
  eventSlug: string
  /** Addresses of the pictures. */
  selfies: string[]
}

/** Null where there is no demo: any answer but the file counts as none. */
export async function loadDemoSelfies(signal: AbortSignal): Promise<DemoSelfies | null> {
  try {
    const response = await fetch('/demo/selfies.json', { signal })
    return response.ok ? ((await response.json()) as DemoSelfies) : null
  } catch {
    return null
  }
}
