/** Made by vite/face-models.ts at build time. */
declare module 'virtual:face-models' {
  /** Folder of the model files, ending in a slash; its name is a hash of their contents. */
  export const modelUrl: string
  export const modelFiles: { name: string; bytes: number; compressedBytes: number }[]
}
