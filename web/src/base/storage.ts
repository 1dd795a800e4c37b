/** Where the browser stores nothing, values are kept in memory until the page is left. */
const memory = new Map<string, string>()

/** What this device remembers under a key. Never throws: a browser may refuse its storage, or have none. */
export function recall(key: string): string | null {
  try {
    const kept = localStorage.getItem(key)
    if (kept !== null) return kept
  } catch {
    // Blocked, as cookies are.
  }
  return memory.get(key) ?? null
}

/** Remembers on this device, and where that is refused for as long as the page is open. */
export function remember(key: string, value: string): void {
  memory.set(key, value)
  try {
    localStorage.setItem(key, value)
  } catch {
    // Blocked, or full.
  }
}

export function forget(key: string): void {
  memory.delete(key)
  try {
    localStorage.removeItem(key)
  } catch {
    // Blocked: there is nothing to forget.
  }
}

/** What this tab remembers under a key, other loads of the page included. */
export function recallInTab(key: string): string | null {
  try {
    return sessionStorage.getItem(key)
  } catch {
    return null
  }
}

/** Remembers until the tab is closed, where the browser keeps anything at all. */
export function rememberInTab(key: string, value: string): void {
  try {
    sessionStorage.setItem(key, value)
  } catch {
    // Blocked, or full.
  }
}

export function forgetInTab(key: string): void {
  try {
    sessionStorage.removeItem(key)
  } catch {
    // Blocked: there is nothing to forget.
  }
}

/** Whether this tab did something under this key less than `ms` ago, reloads included. Records it as done now. */
export function didLately(key: string, ms: number): boolean {
  try {
    const before = Number(sessionStorage.getItem(key))
    sessionStorage.setItem(key, String(Date.now()))
    return Date.now() - before < ms
  } catch {
    // Without storage it counts as done, or every load would do it again.
    return true
  }
}

/** A cache by its name; null without TLS, in some private windows, and where storage is blocked. */
export async function openCache(name: string, make = true): Promise<Cache | null> {
  try {
    return make || (await caches.has(name)) ? await caches.open(name) : null
  } catch {
    return null
  }
}

const PROBE = 'pix_probe=1'

/**
 * Without cookies there is no session: photos can be looked at, but nothing found, kept or bought. The check sets a
 * cookie and removes it again: `navigator.cookieEnabled` of Chromium is true even where a person blocks all cookies.
 */
export function areCookiesBlocked(): boolean {
  try {
    document.cookie = `${PROBE}; path=/; samesite=strict`
    const kept = document.cookie.includes(PROBE)
    document.cookie = `${PROBE}; path=/; samesite=strict; max-age=0`
    return !kept
  } catch {
    return true
  }
}
