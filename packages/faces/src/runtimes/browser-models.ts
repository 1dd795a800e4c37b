/** What a page must fetch to run a face engine, as `writeBrowserModels` left it. */
export interface BrowserModels {
  /** Hash of all contents, 16 hex digits: the name of their folder. */
  version: string
  files: { name: string; bytes: number; compressedBytes: number }[]
}
