/** Hands a text or bytes to the person as a file of their own. */
export function saveFile(name: string, text: string | Blob, type: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type }))
  link.download = name
  link.click()
  // The download has its own hold on the bytes by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 1_000)
}

/**
 * Begins a download of an address of ours that answers with a file. Several begin beside each other; a navigation would
 * cut off the one before it.
 */
export function startDownload(url: string): void {
  const link = document.createElement('a')
  link.href = url
  link.download = ''
  link.click()
}
