declare module 'hoodiecrow-imap' {
  import type { Server } from 'node:net'

  interface Imap {
    server: Server
    listen(port: number, callback: () => void): void
    /** Adds a message to a mailbox. */
    appendMessage(mailbox: string, flags: string[], internalDate: Date | false, raw: string): void
  }
  /** An IMAP server whose mailboxes are in memory. */
  export default function createServer(options: {
    plugins: string[]
    users: Record<string, { password: string }>
    storage: Record<string, { messages: { raw: string; flags?: string[] }[] }>
  }): Imap
}
